import { discardCheckTenant, findLeftovers, newCheckTenant } from '@gangway/core/check-runs'
import { classify } from '@gangway/core/errors'
import { Interrupted } from '../command-failure.ts'
import { duration, printJson, say } from '../output.ts'
import { paint, type Tone } from '../paint.ts'
import type { Session } from '../session.ts'
import type { Credential, Scene } from './scene.ts'
import { type CheckStep, STEPS } from './steps.ts'

export type { Credential } from './scene.ts'

export interface Check {
  steps: readonly CheckStep[]
  credential: Credential | undefined
  json: boolean
}

interface StepResult {
  step: CheckStep | 'clean_up' | 'leftovers'
  status: 'passed' | 'failed' | 'skipped'
  ms: number
  detail: string
  error?: { code: string; error_id: string }
}

/** Performs the steps in order until one fails, and removes what was made in any case, also after Ctrl-C. */
export async function check(session: Session, { steps, credential, json }: Check): Promise<boolean> {
  const input = newCheckTenant(session.contexts.provisioning)
  const scene: Scene = { session, input, credential }
  let underWay: Promise<unknown> = Promise.resolve()
  const results: StepResult[] = []
  const add = (result: StepResult) => {
    results.push(result)
    if (!json) say([line(result)])
  }
  try {
    const leftovers = await perform(session, 'leftovers', () => removeLeftovers(session))
    if (leftovers.detail !== NONE) add(leftovers)
    for (const step of steps) {
      if (session.signal.aborted || results.some(({ status }) => status === 'failed')) break
      const work = STEPS[step](scene)
      underWay = work
      add(await perform(session, step, () => untilInterrupted(session, work)))
    }
  } finally {
    if (session.signal.aborted && !json) say(['Interrupted; removing what was made…'])
    // A step that was interrupted still makes what it was making: nothing is removed before.
    await underWay.catch(() => {})
    add(await perform(session, 'clean_up', () => cleanUp(scene)))
  }
  const isComplete = !session.signal.aborted
  const ok = isComplete && results.every(({ status }) => status !== 'failed')
  if (json) printJson({ ok, interrupted: !isComplete, tenant_id: input.tenantId, steps: results })
  else
    say([
      '',
      ok
        ? paint('good', 'This installation works.')
        : paint('bad', isComplete ? 'This installation does not work.' : 'Interrupted.'),
    ])
  return ok
}

async function perform(session: Session, step: StepResult['step'], work: () => Promise<string | undefined>): Promise<StepResult> {
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  try {
    const detail = await work()
    if (detail === undefined) return { step, status: 'skipped', ms: took(), detail: 'give --provider, and a key of it' }
    return { step, status: 'passed', ms: took(), detail }
  } catch (error) {
    if (error instanceof Interrupted) return { step, status: 'failed', ms: took(), detail: 'interrupted' }
    const { code, message } = classify(error)
    const errorId = session.contexts.base.ids.errorId()
    session.log.error({ err: error, errorId, code, step }, 'a check of the installation failed')
    return { step, status: 'failed', ms: took(), detail: inWords(error, message), error: { code, error_id: errorId } }
  }
}

/** Our own words say more than the catalogue's where nothing is known but that something went wrong. */
function inWords(error: unknown, message: string): string {
  const innermost = (each: unknown): unknown => (each instanceof Error && each.cause !== undefined ? innermost(each.cause) : each)
  const root = innermost(error)
  return root instanceof Error && root !== error ? `${message} ${root.message}` : root instanceof Error ? root.message : message
}

function untilInterrupted<Result>({ signal }: Session, work: Promise<Result>): Promise<Result> {
  const interrupted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(new Interrupted())
    else signal.addEventListener('abort', () => reject(new Interrupted()), { once: true })
  })
  return Promise.race([work, interrupted])
}

const PAUSES_MS = [1000, 2000, 4000]

/** What is in the way for a moment is waited for. */
async function cleanUp({ session: { contexts }, input }: Scene): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      await discardCheckTenant(contexts.provisioning, input)
      return `nothing of ${input.tenantId} is left`
    } catch (error) {
      const pause = PAUSES_MS[tries]
      if (pause === undefined) throw error
      await contexts.base.clock.sleep(pause)
    }
  }
}

const NONE = 'none'

/** Of checks that were killed. */
async function removeLeftovers({ contexts }: Session): Promise<string> {
  const left = await findLeftovers(contexts.base)
  for (const tenantId of left) await discardCheckTenant(contexts.provisioning, { tenantId })
  return left.length === 0 ? NONE : `removed ${left.join(', ')}, which checks that were killed had left`
}

const TONES: Record<StepResult['status'], Tone> = { passed: 'good', failed: 'bad', skipped: 'quiet' }

function line({ step, status, ms, detail, error }: StepResult): string {
  const known = error ? ` (${error.code}, ${error.error_id})` : ''
  return `  ${paint(TONES[status], status.padEnd(7))}  ${step.padEnd(12)}  ${duration(ms).padStart(7)}  ${detail.replaceAll(/\s+/g, ' ')}${known}`
}
