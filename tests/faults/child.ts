import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Answer, answerSchema, type Command, type Plan } from './protocol.ts'

const PROGRAM = fileURLToPath(new URL('onboard.ts', import.meta.url))
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/gangway-faults', import.meta.url))

/** A process that onboards. It ends with this one. */
export interface Child {
  pid: number
  /** Throws where the child fails or dies before it has answered. */
  ask(command: Command): Promise<unknown>
  /** The same for a command in which the child is to stop: resolves when it says that it is about to. */
  askToStop(command: Command): Promise<void>
  /** What a child that was woken comes to. */
  answer(): Promise<unknown>
  /** The signal that ended it, or null. */
  ended: Promise<NodeJS.Signals | null>
  wake(): void
  /** Answers once it is gone. */
  end(how?: 'kill'): Promise<void>
}

export class ChildDied extends Error {}

export async function startChild(plan: Plan): Promise<Child> {
  // Compiled code is kept between processes: most of them live for a second.
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: COMPILED }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'exit').then(([, signal]: (NodeJS.Signals | null)[]) => signal ?? null)
  const words = lastWords(child)
  const answers = listen(child)
  const next = async (): Promise<Answer> => {
    const answer = await answers.next()
    if (answer) return answer
    throw new ChildDied(`the process ended before it had answered; its last words:\n${words()}`)
  }
  const first = await next()
  if (first.kind !== 'ready') throw new Error(`a child that is not ready: ${first.kind}`)
  const say = (command: Command) => child.stdin.write(`${JSON.stringify(command)}\n`)
  return {
    pid: child.pid ?? 0,
    ended,
    async ask(command) {
      say(command)
      return valueOf(await next())
    },
    answer: async () => valueOf(await next()),
    async askToStop(command) {
      say(command)
      const answer = await next()
      if (answer.kind !== 'stopping') throw new Error(`it did not stop: ${JSON.stringify(answer)}`)
    },
    wake: () => void child.kill('SIGCONT'),
    async end(how) {
      if (how === 'kill') child.kill('SIGKILL')
      else child.stdin.end()
      await ended
    },
  }
}

function valueOf(answer: Answer): unknown {
  if (answer.kind === 'done') return answer.value
  throw new Error(answer.kind === 'failed' ? answer.error : `it stopped: ${JSON.stringify(answer)}`)
}

function lastWords(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000)
  })
  child.stdin?.on('error', () => {})
  return () => text || '(none)'
}

/** Its answers in order; undefined once there are no more. */
function listen(child: ChildProcess) {
  const waiting: Answer[] = []
  const asking: ((answer: Answer | undefined) => void)[] = []
  let over = false
  if (child.stdout) {
    createInterface({ input: child.stdout })
      .on('line', (line) => {
        const answer = answerSchema.parse(JSON.parse(line))
        const asked = asking.shift()
        if (asked) asked(answer)
        else waiting.push(answer)
      })
      .on('close', () => {
        over = true
        for (const asked of asking.splice(0)) asked(undefined)
      })
  }
  return {
    next: (): Promise<Answer | undefined> => {
      const known = waiting.shift()
      if (known || over) return Promise.resolve(known)
      return new Promise((resolve) => asking.push(resolve))
    },
  }
}
