// A process that onboards, as it is told on stdin, and dies or freezes where it is told to.
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fulfil } from '@gangway/core/provisioning'
import { withPoints } from '@gangway/core/testing'
import { compose } from './compose.ts'
import { cancelAndRollBack, finish, onboard, retryFrom, sweepOnce } from './deeds.ts'
import { type Answer, type Command, commandSchema, type Fault, planSchema, type Stop } from './protocol.ts'
import { deliverWebhooks } from './webhooks.ts'

const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''))
const composition = await compose(plan)
const reached = new Map<string, number>()
let stop: Stop | undefined
let faults: Fault[] = []
const ctx = withPoints(composition.ctx, reach)

function reach(point: string): void {
  const times = (reached.get(point) ?? 0) + 1
  reached.set(point, times)
  if (stop?.point === point && stop.nth === times) {
    if (stop.how === 'jump') composition.clock.jump(stop.jumpMs)
    else stopHere(point, stop.how)
  }
  const fault = faults.find((each) => each.point === point && each.times > 0)
  if (!fault) return
  fault.times -= 1
  throw fault.kind === 'permanent'
    ? new Error(`broken: ${point}`)
    : Object.assign(new Error(`cut: ${point}`), { code: 'ECONNRESET' })
}

function stopHere(point: string, how: 'kill' | 'freeze'): void {
  answer({ kind: 'stopping', point })
  process.kill(process.pid, how === 'kill' ? 'SIGKILL' : 'SIGSTOP')
}

/** At once, so that it is out before the process stops. */
function answer(value: Answer): void {
  writeSync(1, `${JSON.stringify(value)}\n`)
}

async function perform(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'arm':
      reached.clear()
      stop = command.stop && { jumpMs: 0, ...command.stop }
      faults = (command.faults ?? []).map((fault) => ({ ...fault }))
      return null
    case 'points':
      return Object.fromEntries(reached)
    case 'fulfil': {
      const calls = command.checkouts.flatMap((checkoutSessionId) =>
        Array.from({ length: command.callers ?? 1 }, () => fulfil(ctx, { checkoutSessionId })),
      )
      const results = await Promise.allSettled(calls)
      await Promise.all(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.settled] : [])))
      return results.map((result) => (result.status === 'fulfilled' ? result.value.part : String(result.reason)))
    }
    case 'finish':
      return finish(ctx, { checkouts: command.checkouts, withinMs: command.withinMs ?? 30_000 })
    case 'jump':
      return composition.clock.jump(command.ms)
    case 'sweep':
      return sweepOnce(ctx)
    case 'retryFrom':
      return retryFrom(ctx, command)
    case 'rollBack':
      return cancelAndRollBack(ctx, command.checkout)
    case 'onboard':
      return onboard(ctx, command)
    case 'webhooks':
      return deliverWebhooks(ctx, command)
  }
}

async function obey(line: string): Promise<void> {
  try {
    answer({ kind: 'done', value: await perform(commandSchema.parse(JSON.parse(line))) })
  } catch (error) {
    answer({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

answer({ kind: 'ready' })
for await (const line of createInterface({ input: process.stdin })) await obey(line)
await composition.close()
process.exit(0)
