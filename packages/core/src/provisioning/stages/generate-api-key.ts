import { generateApiKey } from '../../keys/index.ts'
import type { Stage } from './stage.ts'
import { created } from './created.ts'

export const KEY_SCOPES = ['pipelines:run', 'usage:read', 'admin']

/** The key exists in clear only inside this function: a repeat makes another one, and the first was never stored. */
export const generateApiKeyStage: Stage = {
  id: 'generate_api_key',
  async run(ctx, { run }) {
    const { orgId } = created(run)
    const { key, prefix, hash, fingerprint } = generateApiKey(ctx.ids, ctx.settings)
    const apiKeyId = ctx.ids.uuid()
    return {
      kind: 'completed',
      detail: { fingerprint, prefix },
      effects: [
        {
          kind: 'store_key',
          apiKey: { id: apiKeyId, orgId, runId: run.id, prefix, hash, fingerprint, scopes: KEY_SCOPES },
          reveal: { apiKeyId, orgId, userId: run.userId, sealed: await ctx.vault.seal(key, orgId) },
        },
      ],
    }
  },
}
