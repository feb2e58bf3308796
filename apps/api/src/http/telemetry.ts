import { GangwayError } from '@gangway/core/errors'
import { recordBatch } from '@gangway/core/telemetry'
import { API_LINKS } from '@gangway/schemas/links'
import { telemetryBatchSchema, type TelemetryReceipt } from '@gangway/schemas/telemetry'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
import { type Auth, findViewer } from '../auth/auth.ts'
import type { Contexts } from '../compose.ts'

/** What a browser sends on leaving is no larger. https://www.w3.org/TR/beacon/ */
const BODY_LIMIT = 64 * 1024

/**
 * What browsers tell of the questionnaire. Not a procedure: a page that is being left can only send a plain POST, as JSON
 * from our own pages like everything else with an effect.
 */
export async function telemetryRoutes(
  server: FastifyInstance,
  { contexts, auth }: { contexts: Pick<Contexts, 'base'>; auth: Auth },
): Promise<void> {
  server.post(API_LINKS.telemetry(), { bodyLimit: BODY_LIMIT }, async (request): Promise<TelemetryReceipt> => {
    const viewer = await findViewer(auth, fromNodeHeaders(request.headers))
    if (!viewer) throw new GangwayError('UNAUTHENTICATED')
    const { events } = telemetryBatchSchema.parse(request.body)
    return recordBatch(contexts.base, { userId: viewer.id, events })
  })
}
