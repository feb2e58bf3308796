-- The provider's own name for a subscription is known when the organization is made: the webhooks of its first day are about it.
DROP FUNCTION write_run_steps(jsonb, jsonb, boolean);
--> statement-breakpoint
-- Writes one step of each run: its events, what it becomes, and what else changes with it. A step is written only by the
-- holder of the newest token, and only on the journal that it was made for. Answers the numbers of those written.
-- `effects` holds a list for each kind, of `{ n, runId, value }`.
CREATE FUNCTION write_run_steps(steps jsonb, effects jsonb, patient boolean) RETURNS SETOF integer
LANGUAGE plpgsql
-- Every table is reached by a key of the steps, once for each step.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  done integer[];
BEGIN
  PERFORM set_config('lock_timeout', CASE WHEN patient THEN '5s' ELSE '250ms' END, true);
  WITH step AS (
    SELECT * FROM jsonb_to_recordset(steps) AS s(n integer, "runId" uuid, token bigint, seq integer, patch jsonb, events jsonb, "lockId" text)
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
  ), journalled AS (
    INSERT INTO onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail, failure, error_code, error_id)
    SELECT w."runId", w.seq + e.ordinality::integer, e.value ->> 'stage', e.value ->> 'status', (e.value ->> 'attempt')::integer, w.state,
           coalesce(e.value -> 'detail', '{}'), e.value -> 'failure', e.value -> 'failure' ->> 'code', e.value -> 'failure' ->> 'errorId'
    FROM written w CROSS JOIN LATERAL jsonb_array_elements(w.events) WITH ORDINALITY e
  ), unlocked AS (
    DELETE FROM onboarding_locks USING written w WHERE lock_id = w."lockId" AND fencing_token = w.token
  )
  SELECT array_agg(n) INTO done FROM written;

  IF effects ? 'organization' THEN
    WITH org AS (
      SELECT "runId" AS run_id, (value ->> 'id')::uuid AS id, value ->> 'slug' AS slug, value ->> 'name' AS name,
             value ->> 'workspace' AS workspace, (value ->> 'ownerId')::uuid AS owner_id
      FROM jsonb_to_recordset(effects -> 'organization') AS e(n integer, "runId" uuid, value jsonb) WHERE n = ANY (done)
    ), organized AS (
      INSERT INTO organizations (id, run_id, slug, name, workspace) SELECT id, run_id, slug, name, workspace FROM org
    ), joined AS (
      INSERT INTO organization_members (org_id, user_id, role) SELECT id, owner_id, 'owner' FROM org
    ), released_slug AS (
      DELETE FROM slug_reservations r USING org WHERE r.slug = org.slug AND r.user_id = org.owner_id
    )
    UPDATE onboarding_answer_snapshots a SET org_id = org.id FROM org WHERE a.user_id = org.owner_id AND a.org_id IS NULL;
  END IF;
  IF effects ? 'subscription' THEN
    INSERT INTO subscriptions (org_id, checkout_session_id, plan, status, provider, provider_subscription_id)
    SELECT (value ->> 'orgId')::uuid, value ->> 'checkoutSessionId', value ->> 'plan', 'active', value ->> 'provider',
           value ->> 'providerSubscriptionId'
    FROM jsonb_to_recordset(effects -> 'subscription') AS e(n integer, value jsonb) WHERE n = ANY (done)
    ON CONFLICT (checkout_session_id) DO UPDATE
      SET org_id = excluded.org_id, status = 'active',
          provider_subscription_id = coalesce(excluded.provider_subscription_id, subscriptions.provider_subscription_id);
  END IF;
  IF effects ? 'apiKey' THEN
    INSERT INTO api_keys (id, org_id, run_id, prefix, hash, fingerprint, scopes)
    SELECT (value ->> 'id')::uuid, (value ->> 'orgId')::uuid, "runId", value ->> 'prefix', value ->> 'hash', value ->> 'fingerprint',
           ARRAY(SELECT jsonb_array_elements_text(value -> 'scopes'))
    FROM jsonb_to_recordset(effects -> 'apiKey') AS e(n integer, "runId" uuid, value jsonb) WHERE n = ANY (done);
  END IF;
  IF effects ? 'reveal' THEN
    INSERT INTO key_reveals (api_key_id, org_id, user_id, sealed)
    SELECT (value ->> 'apiKeyId')::uuid, (value ->> 'orgId')::uuid, (value ->> 'userId')::uuid, value -> 'sealed'
    FROM jsonb_to_recordset(effects -> 'reveal') AS e(n integer, value jsonb) WHERE n = ANY (done);
  END IF;
  IF effects ? 'onboarded' THEN
    WITH finished AS (
      SELECT "runId" AS run_id, (value ->> 'orgId')::uuid AS org_id, (value ->> 'revealMs')::integer * interval '1 millisecond' AS reveal
      FROM jsonb_to_recordset(effects -> 'onboarded') AS e(n integer, "runId" uuid, value jsonb) WHERE n = ANY (done)
    ), onboarded AS (
      UPDATE organizations o SET status = 'onboarded', onboarded_at = now() FROM finished f WHERE o.id = f.org_id AND o.status = 'provisioning'
    )
    UPDATE key_reveals r SET expires_at = now() + f.reveal
    FROM finished f JOIN api_keys k ON k.run_id = f.run_id AND k.revoked_at IS NULL
    WHERE r.api_key_id = k.id AND r.expires_at IS NULL;
  END IF;
  IF effects ? 'invites' THEN
    INSERT INTO invites (id, org_id, email, role, code_hash, invited_by, expires_at)
    SELECT (i ->> 'id')::uuid, (i ->> 'orgId')::uuid, i ->> 'email', i ->> 'role', i ->> 'codeHash', (i ->> 'invitedBy')::uuid, (i ->> 'expiresAt')::timestamptz
    FROM jsonb_to_recordset(effects -> 'invites') AS e(n integer, value jsonb) CROSS JOIN LATERAL jsonb_array_elements(value) i WHERE n = ANY (done);
  END IF;
  IF effects ? 'pendingSync' THEN
    INSERT INTO pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at)
    SELECT "runId", value ->> 'orgSlug', value ->> 'apiKeyFingerprint', (value ->> 'backendOnboardedAt')::timestamptz
    FROM jsonb_to_recordset(effects -> 'pendingSync') AS e(n integer, "runId" uuid, value jsonb) WHERE n = ANY (done)
    ON CONFLICT (run_id) DO NOTHING;
  END IF;
  IF effects ? 'moved' THEN
    UPDATE organizations o SET workspace = value ->> 'workspace'
    FROM jsonb_to_recordset(effects -> 'moved') AS e(n integer, value jsonb) WHERE n = ANY (done) AND o.id = (value ->> 'orgId')::uuid;
  END IF;
  IF effects ? 'abandon' THEN
    WITH given_up AS (
      SELECT (value #>> '{}')::uuid AS org_id FROM jsonb_to_recordset(effects -> 'abandon') AS e(n integer, value jsonb) WHERE n = ANY (done)
    ), abandoned AS (
      UPDATE organizations o SET status = 'abandoned' FROM given_up g WHERE o.id = g.org_id
    )
    UPDATE subscriptions s SET status = 'cancelled' FROM given_up g WHERE s.org_id = g.org_id;
  END IF;
  IF effects ? 'revoke' THEN
    WITH lost AS (
      UPDATE api_keys k SET revoked_at = now()
      FROM jsonb_to_recordset(effects -> 'revoke') AS e(n integer, value jsonb)
      WHERE n = ANY (done) AND k.run_id = (value #>> '{}')::uuid AND k.revoked_at IS NULL
      RETURNING k.id
    )
    UPDATE key_reveals r SET sealed = NULL, expires_at = now() FROM lost WHERE r.api_key_id = lost.id;
  END IF;
  RETURN QUERY SELECT unnest(done);
END
$$;
