import { stepHandOffs, users } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { HandOffView } from '@gangway/schemas/hand-offs'
import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { referencesOf } from '@gangway/schemas/manifest-conditions'
import { and, eq, isNull } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { findByCode, type Found, hashOf, isClosed } from './hand-off-row.ts'
import { companyOf } from './hand-off-step.ts'
import { questionsOf } from './manifest.ts'
import type { SessionRow } from './session-view.ts'

interface Opened {
  code: string
  claim?: string | undefined
}

/**
 * What a colleague sees behind a link: who asks and for what, and, in the browser that has taken it up, the step with what
 * is answered there so far. Throws HAND_OFF_NOT_FOUND and, in any other browser, HAND_OFF_TAKEN.
 */
export async function openHandOff(ctx: BaseContext, { code, claim }: Opened): Promise<HandOffView> {
  const found = await findByCode(ctx.db, { code, at: ctx.clock.now() })
  return viewOf(ctx, ctx.db, { ...found, claim })
}

/** Takes a link up. Of two at the same time, one does: for the other it throws HAND_OFF_TAKEN. A repeat changes nothing. */
export async function claimHandOff(
  ctx: BaseContext,
  { code, claim, colleague }: { code: string; claim: string; colleague: string },
): Promise<HandOffView> {
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const found = await findByCode(tx, { code, at })
    const { id } = found.handOff
    if (isClosed(found)) return viewOf(ctx, tx, { ...found, claim })
    await tx
      .update(stepHandOffs)
      .set({ claimHash: hashOf(claim), colleague, claimedAt: at })
      .where(and(eq(stepHandOffs.id, id), isNull(stepHandOffs.claimHash), isNull(stepHandOffs.revokedAt)))
    return viewOf(ctx, tx, { ...(await findByCode(tx, { code, at })), claim })
  })
}

/** Throws HAND_OFF_TAKEN where the link belongs to another browser. */
export async function viewOf(
  ctx: BaseContext,
  reader: Pick<Tx, 'select'>,
  { handOff, session, claim }: Found & { claim?: string | undefined },
): Promise<HandOffView> {
  const isMine = claim !== undefined && handOff.claimHash === hashOf(claim)
  if (handOff.claimHash !== null && !isMine) throw new GangwayError('HAND_OFF_TAKEN')
  const questions = await questionsOf(ctx, reader, session)
  const whole = questions.steps.find(({ id }) => id === handOff.step)
  const [owner] = await reader.select({ name: users.name }).from(users).where(eq(users.id, session.userId))
  const asked = {
    ...{ owner: owner?.name ?? '', company: companyOf(session), languages: questions.languages },
    ...{ title: whole?.title ?? {}, expiresAt: handOff.expiresAt },
  }
  if (handOff.answeredAt) return { state: 'answered', ...asked }
  const step = whole && stepAlone(whole, { steps: questions.steps, session })
  if (!step || isClosed({ handOff, session })) return { state: 'closed', ...asked }
  if (!isMine) return { state: 'offered', ...asked }
  return { state: 'claimed', ...asked, step, answers: session.answers[step.id] ?? {}, revision: session.revision }
}

/**
 * The step as it can be asked without knowing any other: where a question depends on another step, the answer there has
 * decided already. Undefined where the step is not asked.
 */
function stepAlone(
  step: ManifestStep,
  { steps, session }: { steps: readonly ManifestStep[]; session: SessionRow },
): ManifestStep | undefined {
  const { answers, skippedSteps } = session
  const now = applicable(steps, { answers, skippedSteps: skippedSteps.filter((id) => id !== step.id) })
  const asked = now.steps.find(({ id }) => id === step.id)
  if (!asked) return undefined
  const fields = step.fields.flatMap((field): ManifestField[] => {
    if (!field.showIf || referencesOf(field.showIf).every((reference) => reference.field.startsWith(`${step.id}.`)))
      return [field]
    const { showIf: _decided, ...always } = field
    return asked.fields.some(({ name }) => name === field.name) ? [always] : []
  })
  const { showIf: _shown, ...alone } = step
  return { ...alone, fields }
}
