-- As before, and the jobs of its integrations and pipelines as well: what they would tell the warehouse is of a tenant that is gone.
CREATE OR REPLACE FUNCTION forget_check_run(checked uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  run onboarding_runs%ROWTYPE;
  works text[];
BEGIN
  SELECT * INTO run FROM onboarding_runs
   WHERE id = checked AND origin = 'operator' AND slug ~ '^e2e_[a-z0-9]{6}$' AND state IN ('succeeded', 'cancelled', 'rolled_back')
     FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  works := ARRAY(SELECT id::text FROM integration_credentials WHERE org_id = run.org_id
                 UNION ALL SELECT id::text FROM pipeline_runs WHERE org_id = run.org_id);
  DELETE FROM organizations WHERE run_id = run.id;
  DELETE FROM pending_backend_syncs WHERE run_id = run.id;
  DELETE FROM onboarding_locks WHERE checkout_session_id = run.checkout_session_id;
  DELETE FROM dry_runs WHERE tenant_id = run.slug;
  DELETE FROM onboarding_stage_events WHERE run_id = run.id;
  DELETE FROM onboarding_runs WHERE id = run.id;
  DELETE FROM pgboss.job
   WHERE state IN ('created', 'retry') AND (data ->> 'to' = run.slug || '@e2e.invalid' OR data ->> 'orgId' = run.org_id::text
          OR data ->> 'integrationId' = ANY (works) OR data ->> 'runId' = ANY (works));
  DELETE FROM mail_outbox WHERE recipient = run.slug || '@e2e.invalid';
  DELETE FROM users WHERE id = run.user_id AND email = run.slug || '@e2e.invalid';
  RETURN true;
END
$$;
