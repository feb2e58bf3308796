import { stepHandOffs, users } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { HandOff } from '@gangway/schemas/hand-offs'
import { WEB_LINKS } from '@gangway/schemas/links'
import { textIn } from '@gangway/schemas/manifest'
import { and, count, eq, gt, isNull } from 'drizzle-orm'
import type { QuestionnaireContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { handOffMail } from '../notifications/templates/hand-off.ts'
import { handOffOf, hashOf } from './hand-off-row.ts'
import { questionsOf } from './manifest.ts'
import { findOrCreateSession } from './session-row.ts'
import type { SessionRow } from './session-view.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const VALID_MS = 7 * DAY_MS
/** Each is a mail to an address of somebody's choice. */
const LIMIT_A_DAY = 10
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

type HandOffContext = QuestionnaireContext & { settings: { webUrl: string } }

interface NewHandOff {
  userId: string
  step: string
  email: string
}

/**
 * Asks a colleague, by mail, to answer one step. An earlier link for the same step is not valid any more. Throws
 * INPUT_INVALID for a step that nobody else can answer, HAND_OFF_CLOSED for one that is completed, SESSION_COMPLETED,
 * HAND_OFFS_FULL, and DATABASE_CONFLICT when the same step is handed over twice at the same time.
 */
export async function handOffStep(ctx: HandOffContext, { userId, step, email }: NewHandOff): Promise<HandOff> {
  const at = ctx.clock.now()
  const code = ctx.ids.random(24, ALPHABET)
  const row = await inTransaction(ctx.db, async (tx) => {
    const session = await findOrCreateSession(tx, { userId, at })
    if (session.status === 'completed') throw new GangwayError('SESSION_COMPLETED')
    const asked = (await questionsOf(ctx, tx, session)).steps.find(({ id }) => id === step)
    // Which workspace somebody makes or joins is theirs to say.
    if (asked?.kind !== 'questions') throw new GangwayError('INPUT_INVALID', { details: { fields: ['step'] } })
    if (session.completedSteps.includes(step)) throw new GangwayError('HAND_OFF_CLOSED')
    await requireFewer(tx, session, at)
    await revokeOpen(tx, { sessionId: session.id, step, at })
    const values = { sessionId: session.id, step, email: email.trim().toLowerCase(), codeHash: hashOf(code), createdAt: at }
    const [made] = await tx
      .insert(stepHandOffs)
      .values({ ...values, expiresAt: new Date(at.getTime() + VALID_MS) })
      .onConflictDoNothing()
      .returning()
    if (!made) throw new GangwayError('DATABASE_CONFLICT')
    const [owner] = await tx.select({ name: users.name }).from(users).where(eq(users.id, userId))
    const company = companyOf(session)
    const mail = handOffMail({
      ...{ owner: owner?.name ?? '', step: textIn(asked.title, 'en'), url: ctx.settings.webUrl + WEB_LINKS.handOff(code) },
      ...(company !== null && { company }),
    })
    await ctx.jobs.enqueue(tx, 'notifications.send-mail', { dedupeKey: `hand-off:${made.id}`, to: made.email, ...mail })
    return made
  })
  return handOffOf(row, at)
}

/** What the owner has answered so far; null before that. */
export function companyOf({ answers }: Pick<SessionRow, 'answers'>): string | null {
  const company = answers['profile']?.['companyName']
  return typeof company === 'string' && company.trim() !== '' ? company.trim().slice(0, 120) : null
}

async function requireFewer(tx: Tx, session: SessionRow, at: Date): Promise<void> {
  const sinceYesterday = gt(stepHandOffs.createdAt, new Date(at.getTime() - DAY_MS))
  const [made] = await tx
    .select({ count: count() })
    .from(stepHandOffs)
    .where(and(eq(stepHandOffs.sessionId, session.id), sinceYesterday))
  if ((made?.count ?? 0) >= LIMIT_A_DAY) throw new GangwayError('HAND_OFFS_FULL')
}

async function revokeOpen(tx: Tx, { sessionId, step, at }: { sessionId: string; step: string; at: Date }): Promise<void> {
  const { sessionId: ofSession, step: ofStep, answeredAt, revokedAt } = stepHandOffs
  await tx
    .update(stepHandOffs)
    .set({ revokedAt: at })
    .where(and(eq(ofSession, sessionId), eq(ofStep, step), isNull(answeredAt), isNull(revokedAt)))
}
