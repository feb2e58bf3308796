import { generateApiKey } from '../../keys/index.ts'
import { created } from './created.ts'
import type { Stage } from './stage.ts'

const SCOPES = ['pipelines:run', 'usage:read', 'admin']

/** The key exists in clear only inside this function: a repeat makes another one, and the first was never stored. */
export const generateApiKeyStage: Stage = {
  id: 'generate_api_key',
  async run(ctx, { run }) {
    const { orgId } = created(run)
    const id = ctx.ids.uuid()
    const { key, prefix, hash, fingerprint } = generateApiKey(ctx.ids, ctx.settings)
    return {
      kind: 'completed',
      detail: { fingerprint, prefix },
      patch: { keyFingerprint: fingerprint },
      effects: {
        apiKey: { id, orgId, prefix, hash, fingerprint, scopes: SCOPES },
        reveal: { apiKeyId: id, orgId, userId: run.userId, sealed: await ctx.vault.seal(key, orgId) },
      },
    }
  },
  undo: {
    inside: (_ctx, run) => ({ detail: { fingerprint: run.keyFingerprint }, effects: { revoke: run.id } }),
  },
}
