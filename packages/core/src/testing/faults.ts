/** Makes chosen calls of a port fail, so that a test can cut any thread. */
export interface Faults<Method extends string> {
  /** The next `times` calls throw before anything is done. */
  failNext(method: Method, error: Error, times?: number): void
  /** The next `times` calls do their work and throw then: a reply that was lost on its way. */
  loseReply(method: Method, error: Error, times?: number): void
  /** How often a method was called, failed calls included. */
  calls(method: Method): number
}

export type FaultPoints<Method extends string> = Faults<Method> & {
  around<Result>(method: Method, work: () => Promise<Result>): Promise<Result>
}

interface Plan {
  error: Error
  when: 'before' | 'after'
  left: number
}

export function faultPoints<Method extends string>(): FaultPoints<Method> {
  const plans = new Map<Method, Plan[]>()
  const counts = new Map<Method, number>()

  function plan(method: Method, entry: Plan) {
    plans.set(method, [...(plans.get(method) ?? []), entry])
  }

  function due(method: Method): Plan | undefined {
    const entry = plans.get(method)?.find(({ left }) => left > 0)
    if (entry) entry.left -= 1
    return entry
  }

  return {
    failNext: (method, error, times = 1) => plan(method, { error, when: 'before', left: times }),
    loseReply: (method, error, times = 1) => plan(method, { error, when: 'after', left: times }),
    calls: (method) => counts.get(method) ?? 0,
    async around(method, work) {
      counts.set(method, (counts.get(method) ?? 0) + 1)
      const fault = due(method)
      if (fault?.when === 'before') throw fault.error
      const result = await work()
      if (fault) throw fault.error
      return result
    },
  }
}

/** What Node.js throws when the other side cuts a connection: transient. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}
