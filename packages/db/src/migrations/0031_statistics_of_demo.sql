-- What was written or removed in bulk is counted and read by what the planner knows of it, which Postgres would learn within a
-- minute. The application's roles own no table.
CREATE FUNCTION analyze_demo() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  ANALYZE users, onboarding_sessions, onboarding_answer_snapshots, onboarding_answer_group_totals, telemetry_events, funnel_people,
    funnel_steps, exposures, checkouts, onboarding_runs, onboarding_stage_events, organizations, subscriptions;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION analyze_demo() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION analyze_demo() TO gangway_app;
