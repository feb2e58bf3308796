import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Arrivals, Order, StreamRequest } from './clients.ts'

export interface Browsers {
  /** Resolves when every stream has brought its first event. */
  open(streams: StreamRequest[]): Promise<void>
  /** What came in since the last time. */
  collect(): Promise<Arrivals>
  close(): Promise<void>
}

const SCRIPT = fileURLToPath(new URL('clients.ts', import.meta.url))

/** All clients in one process of their own. */
export function startBrowsers(): Browsers {
  const child = fork(SCRIPT)
  const ended = once(child, 'exit').then(() => {
    throw new Error('the clients ended early')
  })
  // Whoever closes them expects that.
  ended.catch(() => {})
  const ask = async (order: Order): Promise<unknown[]> => {
    const answer = once(child, 'message')
    child.send(order)
    return Promise.race([answer, ended])
  }
  return {
    async open(streams) {
      await ask({ kind: 'open', streams })
    },
    async collect() {
      const [arrivals] = (await ask({ kind: 'collect' })) satisfies unknown[]
      return isArrivals(arrivals) ? arrivals : []
    },
    async close() {
      child.kill('SIGKILL')
      await ended.catch(() => {})
    },
  }
}

function isArrivals(value: unknown): value is Arrivals {
  return Array.isArray(value)
}
