-- Forgets a run that an operator made to check the installation, with its journal, its organization and the account that
-- was made for it. The application's roles may not delete from the journal; of any other run this touches nothing.
CREATE FUNCTION forget_check_run(checked uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  run onboarding_runs%ROWTYPE;
BEGIN
  SELECT * INTO run FROM onboarding_runs
   WHERE id = checked AND origin = 'operator' AND slug ~ '^e2e_[a-z0-9]{6}$' AND state IN ('succeeded', 'cancelled', 'rolled_back')
     FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM organizations WHERE run_id = run.id;
  DELETE FROM pending_backend_syncs WHERE run_id = run.id;
  DELETE FROM onboarding_locks WHERE checkout_session_id = run.checkout_session_id;
  DELETE FROM dry_runs WHERE tenant_id = run.slug;
  DELETE FROM onboarding_stage_events WHERE run_id = run.id;
  DELETE FROM onboarding_runs WHERE id = run.id;
  DELETE FROM mail_outbox WHERE recipient = run.slug || '@e2e.invalid';
  DELETE FROM users WHERE id = run.user_id AND email = run.slug || '@e2e.invalid';
  RETURN true;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION forget_check_run(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION forget_check_run(uuid) TO gangway_app;
