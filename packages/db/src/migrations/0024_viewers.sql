-- Processes remember who is behind a session for a few seconds: they are told when that is no longer so.
CREATE FUNCTION tell_of_session() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_notify('gangway_viewers', OLD.user_id::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION tell_of_user() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_notify('gangway_viewers', OLD.id::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tell_of_ended_sessions AFTER DELETE OR UPDATE OF token, expires_at, user_id ON sessions
FOR EACH ROW EXECUTE FUNCTION tell_of_session();
--> statement-breakpoint
CREATE TRIGGER tell_of_changed_users AFTER DELETE OR UPDATE ON users
FOR EACH ROW EXECUTE FUNCTION tell_of_user();
