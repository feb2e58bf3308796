-- Group commit: what all runs in flight in a process have to write goes in by one call and one commit. A batch waits for
-- nobody's row lock for long, so that one run that stands still does not hold up its neighbours; it is then written alone.
CREATE FUNCTION set_patience(patient boolean) RETURNS void
LANGUAGE sql AS $$
  SELECT set_config('lock_timeout', CASE WHEN patient THEN '5s' ELSE '250ms' END, true)
$$;
--> statement-breakpoint
-- Takes the lock of each checkout session for a run that is new or stands still, and puts the run to work.
-- Answers `started` with a fencing token, `joined` where somebody else holds the lock, `settled` where the run has
-- ended, or waits for something else; and `absent` where there is none and none was given, or it is somebody else's.
CREATE FUNCTION open_runs(requests jsonb, patient boolean)
RETURNS TABLE (n integer, part text, token bigint, run jsonb)
LANGUAGE plpgsql
-- A plan is kept for as long as its connection: one that was made while the tables were small must not read them whole.
SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_patience(patient);
  RETURN QUERY
  WITH request AS (
    SELECT * FROM jsonb_to_recordset(requests) AS q(
      n integer, checkout_session_id text, new_run jsonb, states text[], next_state text,
      holder text, ttl_ms integer, user_id uuid, resume boolean, starts boolean, stages text[])
  ), known AS (
    SELECT r.*, q.n, r.user_id = coalesce(q.user_id, r.user_id) AS theirs,
           r.state = ANY (q.states) AND (q.resume OR r.state <> 'failed' OR r.failure ->> 'kind' = 'transient') AS goes_on
    FROM request q CROSS JOIN LATERAL (
      SELECT * FROM onboarding_runs WHERE checkout_session_id = q.checkout_session_id LIMIT 1
    ) r
  ), wanted AS (
    SELECT q.* FROM request q LEFT JOIN known k USING (n)
    WHERE CASE WHEN k.id IS NULL THEN q.new_run IS NOT NULL ELSE k.theirs AND k.goes_on END
  ), lease AS (
    INSERT INTO onboarding_locks AS l (lock_id, checkout_session_id, holder, fencing_token, expires_at)
    SELECT 'onboarding_' || w.checkout_session_id, w.checkout_session_id, w.holder,
           nextval('onboarding_fencing_tokens'), now() + w.ttl_ms * interval '1 millisecond'
    FROM wanted w ORDER BY 1
    ON CONFLICT (lock_id) DO UPDATE
      SET holder = excluded.holder, fencing_token = excluded.fencing_token, acquired_at = now(), heartbeat_at = now(), expires_at = excluded.expires_at
      WHERE l.expires_at < now()
    RETURNING l.checkout_session_id, l.fencing_token
  ), made AS (
    INSERT INTO onboarding_runs (checkout_session_id, origin, user_id, plan, slug, company_name, state, last_seq, fencing_token, started_at)
    SELECT w.checkout_session_id, w.new_run ->> 'origin', (w.new_run ->> 'userId')::uuid, w.new_run ->> 'plan', w.new_run ->> 'slug',
           w.new_run ->> 'companyName', w.next_state, 1, lease.fencing_token, now()
    FROM wanted w JOIN lease USING (checkout_session_id) LEFT JOIN known k USING (n)
    WHERE k.id IS NULL
    ON CONFLICT (checkout_session_id) DO NOTHING
    RETURNING *
  ), resumed AS (
    UPDATE onboarding_runs r
       SET state = w.next_state, fencing_token = lease.fencing_token, last_seq = r.last_seq + w.starts::integer, failure = CASE WHEN w.starts THEN NULL ELSE r.failure END,
           next_attempt_at = CASE WHEN w.starts THEN NULL ELSE r.next_attempt_at END, started_at = coalesce(r.started_at, now()), updated_at = now()
      FROM wanted w JOIN lease USING (checkout_session_id)
     WHERE r.id = ANY (ARRAY(SELECT id FROM known)) AND r.checkout_session_id = w.checkout_session_id AND r.state = ANY (w.states)
       AND (w.resume OR r.state <> 'failed' OR r.failure ->> 'kind' = 'transient')
    RETURNING r.*
  ), opened AS (
    SELECT * FROM made UNION ALL SELECT * FROM resumed
  ), journalled AS (
    INSERT INTO onboarding_stage_events (run_id, seq, stage, status, attempt, run_state)
    SELECT o.id, o.last_seq, w.stages[least(o.stages_completed, 4) + 1], 'started', 1, o.state
    FROM opened o JOIN wanted w USING (checkout_session_id) WHERE w.starts
  )
  SELECT q.n,
         CASE WHEN o.id IS NOT NULL THEN 'started'
              WHEN lease.fencing_token IS NOT NULL THEN 'settled'
              WHEN NOT k.theirs OR k.id IS NULL AND q.new_run IS NULL THEN 'absent'
              WHEN NOT k.goes_on THEN 'settled'
              ELSE 'joined' END,
         lease.fencing_token,
         coalesce(to_jsonb(o), to_jsonb(k))
  FROM request q
  LEFT JOIN known k USING (n)
  LEFT JOIN lease ON lease.checkout_session_id = q.checkout_session_id
  LEFT JOIN opened o ON o.checkout_session_id = q.checkout_session_id;
END
$$;
--> statement-breakpoint
-- Writes one step of each run: its events, what it becomes, and what else changes with it. A step is written only by the
-- holder of the newest token, and only on the journal that it was made for. Answers the numbers of those written.
CREATE FUNCTION write_run_steps(steps jsonb, patient boolean) RETURNS SETOF integer
LANGUAGE plpgsql
-- Every table is reached by a key of the steps, once for each step.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_patience(patient);
  RETURN QUERY
  WITH step AS (
    SELECT * FROM jsonb_to_recordset(steps) AS s(
      n integer, "runId" uuid, token bigint, seq integer, patch jsonb, events jsonb, "lockId" text,
      organization jsonb, subscription jsonb, "apiKey" jsonb, reveal jsonb, onboarded jsonb, invites jsonb, "pendingSync" jsonb,
      moved jsonb, abandon uuid, revoke uuid)
  ), written AS (
    UPDATE onboarding_runs r
       SET state = coalesce(s.patch ->> 'state', r.state),
           stages_completed = coalesce((s.patch ->> 'stagesCompleted')::smallint, r.stages_completed),
           org_id = CASE WHEN s.patch ? 'orgId' THEN (s.patch ->> 'orgId')::uuid ELSE r.org_id END,
           workspace = CASE WHEN s.patch ? 'workspace' THEN s.patch ->> 'workspace' ELSE r.workspace END,
           key_fingerprint = CASE WHEN s.patch ? 'keyFingerprint' THEN s.patch ->> 'keyFingerprint' ELSE r.key_fingerprint END,
           failure = CASE WHEN s.patch ? 'failure' THEN nullif(s.patch -> 'failure', 'null') ELSE r.failure END,
           next_attempt_at = CASE WHEN s.patch ? 'nextAttemptAt' THEN (s.patch ->> 'nextAttemptAt')::timestamptz ELSE r.next_attempt_at END,
           sweeps = coalesce((s.patch ->> 'sweeps')::integer, r.sweeps),
           refund_key = coalesce(s.patch ->> 'refundKey', r.refund_key),
           refunded_at = coalesce((s.patch ->> 'refundedAt')::timestamptz, r.refunded_at),
           finished_at = coalesce((s.patch ->> 'finishedAt')::timestamptz, r.finished_at),
           last_seq = r.last_seq + jsonb_array_length(s.events),
           updated_at = now()
      FROM step s
     WHERE r.id = s."runId" AND r.fencing_token = s.token AND r.last_seq = s.seq
    RETURNING s.*, r.state
  ), done AS (
    SELECT * FROM written
  ), journalled AS (
    INSERT INTO onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail, failure, error_code, error_id)
    SELECT d."runId", d.seq + e.ordinality::integer, e.value ->> 'stage', e.value ->> 'status', (e.value ->> 'attempt')::integer, d.state,
           coalesce(e.value -> 'detail', '{}'), e.value -> 'failure', e.value -> 'failure' ->> 'code', e.value -> 'failure' ->> 'errorId'
    FROM done d CROSS JOIN LATERAL jsonb_array_elements(d.events) WITH ORDINALITY e
  ), organized AS (
    INSERT INTO organizations (id, run_id, slug, name, workspace)
    SELECT (organization ->> 'id')::uuid, "runId", organization ->> 'slug', organization ->> 'name', organization ->> 'workspace'
    FROM done WHERE organization IS NOT NULL
  ), joined AS (
    INSERT INTO organization_members (org_id, user_id, role)
    SELECT (organization ->> 'id')::uuid, (organization ->> 'ownerId')::uuid, 'owner' FROM done WHERE organization IS NOT NULL
  ), subscribed AS (
    INSERT INTO subscriptions (org_id, checkout_session_id, plan, status, provider)
    SELECT (organization ->> 'id')::uuid, subscription ->> 'checkoutSessionId', subscription ->> 'plan', 'active', subscription ->> 'provider'
    FROM done WHERE subscription IS NOT NULL
    ON CONFLICT (checkout_session_id) DO UPDATE SET org_id = excluded.org_id, status = 'active'
  ), released_slug AS (
    DELETE FROM slug_reservations USING done
    WHERE organization IS NOT NULL AND slug_reservations.slug = organization ->> 'slug' AND user_id = (organization ->> 'ownerId')::uuid
  ), attached AS (
    UPDATE onboarding_answer_snapshots SET org_id = (organization ->> 'id')::uuid FROM done
    WHERE organization IS NOT NULL AND user_id = (organization ->> 'ownerId')::uuid AND onboarding_answer_snapshots.org_id IS NULL
  ), keyed AS (
    INSERT INTO api_keys (id, org_id, run_id, prefix, hash, fingerprint, scopes)
    SELECT ("apiKey" ->> 'id')::uuid, ("apiKey" ->> 'orgId')::uuid, "runId", "apiKey" ->> 'prefix', "apiKey" ->> 'hash',
           "apiKey" ->> 'fingerprint', ARRAY(SELECT jsonb_array_elements_text("apiKey" -> 'scopes'))
    FROM done WHERE "apiKey" IS NOT NULL
  ), sealed AS (
    INSERT INTO key_reveals (api_key_id, org_id, user_id, sealed)
    SELECT ("apiKey" ->> 'id')::uuid, ("apiKey" ->> 'orgId')::uuid, (reveal ->> 'userId')::uuid, reveal -> 'sealed'
    FROM done WHERE reveal IS NOT NULL
  ), onboarded AS (
    UPDATE organizations SET status = 'onboarded', onboarded_at = now() FROM done
    WHERE onboarded IS NOT NULL AND organizations.id = (onboarded ->> 'orgId')::uuid AND status = 'provisioning'
  ), opened AS (
    UPDATE key_reveals SET expires_at = now() + (onboarded ->> 'revealMs')::integer * interval '1 millisecond'
    FROM done JOIN api_keys k ON k.run_id = done."runId" AND k.revoked_at IS NULL
    WHERE onboarded IS NOT NULL AND key_reveals.api_key_id = k.id AND key_reveals.expires_at IS NULL
  ), invited AS (
    INSERT INTO invites (id, org_id, email, role, code_hash, invited_by, expires_at)
    SELECT (i ->> 'id')::uuid, (i ->> 'orgId')::uuid, i ->> 'email', i ->> 'role', i ->> 'codeHash', (i ->> 'invitedBy')::uuid, (i ->> 'expiresAt')::timestamptz
    FROM done CROSS JOIN LATERAL jsonb_array_elements(invites) i WHERE invites IS NOT NULL
  ), deferred AS (
    INSERT INTO pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at)
    SELECT "runId", "pendingSync" ->> 'orgSlug', "pendingSync" ->> 'apiKeyFingerprint', ("pendingSync" ->> 'backendOnboardedAt')::timestamptz
    FROM done WHERE "pendingSync" IS NOT NULL
    ON CONFLICT (run_id) DO NOTHING
  ), moved AS (
    UPDATE organizations SET workspace = done.moved ->> 'workspace' FROM done WHERE organizations.id = (done.moved ->> 'orgId')::uuid
  ), abandoned AS (
    UPDATE organizations SET status = 'abandoned' FROM done WHERE organizations.id = done.abandon
  ), unsubscribed AS (
    UPDATE subscriptions SET status = 'cancelled' FROM done WHERE subscriptions.org_id = done.abandon
  ), revoked AS (
    UPDATE api_keys SET revoked_at = now() FROM done WHERE api_keys.run_id = done.revoke AND revoked_at IS NULL
  ), forgotten AS (
    UPDATE key_reveals SET sealed = NULL, expires_at = now() FROM api_keys, done
    WHERE api_keys.run_id = done.revoke AND api_keys.revoked_at IS NULL AND key_reveals.api_key_id = api_keys.id
  ), unlocked AS (
    DELETE FROM onboarding_locks USING done WHERE lock_id = done."lockId" AND fencing_token = done.token
  )
  SELECT n FROM written;
END
$$;
