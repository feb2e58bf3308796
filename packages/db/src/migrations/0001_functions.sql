-- Fencing tokens only ever grow, over all runs and all processes.
CREATE SEQUENCE onboarding_fencing_tokens AS bigint;
--> statement-breakpoint
-- Tells Postgres what the warehouse already knows: the organization is onboarded. Safe to call twice.
CREATE FUNCTION sync_pending_backend_record(record_id uuid) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  record pending_backend_syncs%ROWTYPE;
BEGIN
  SELECT * INTO record FROM pending_backend_syncs WHERE id = record_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no pending sync %', record_id USING ERRCODE = 'no_data_found';
  END IF;
  IF record.status = 'synced' THEN
    RETURN 'synced';
  END IF;
  UPDATE organizations
     SET status = 'onboarded', onboarded_at = record.backend_onboarded_at
   WHERE run_id = record.run_id AND status = 'provisioning';
  UPDATE key_reveals
     SET expires_at = now() + interval '2 hours'
    FROM api_keys
   WHERE api_keys.run_id = record.run_id AND key_reveals.api_key_id = api_keys.id AND key_reveals.expires_at IS NULL;
  UPDATE pending_backend_syncs SET status = 'synced', synced_at = now(), last_error = NULL WHERE id = record_id;
  RETURN 'synced';
END
$$;
