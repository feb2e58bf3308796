import { z } from 'zod'

/** How a service can fail. The last two do the work first. */
export const faultSchema = z.object({
  kind: z.enum(['status', 'html', 'cut', 'hang', 'lose-reply', 'delay']),
  /** Which requests it is for: `POST /v1/refunds`. Every one where there is none; a pattern, not anchored. */
  match: z.string().optional(),
  /** How many of them. */
  times: z.number().int().positive().default(1),
  /** Of the answer, for `status` and `html`. */
  status: z.number().int().min(400).max(599).default(503),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** For `delay`. */
  ms: z.number().int().nonnegative().default(0),
})
export type Fault = z.output<typeof faultSchema>
export type NewFault = z.input<typeof faultSchema>

/** The faults that are still to come, in order. */
export class Faults {
  #planned: Fault[] = []

  add(fault: NewFault): void {
    this.#planned.push(faultSchema.parse(fault))
  }

  clear(): void {
    this.#planned = []
  }

  /** The first one for this request, which is then used up by one. */
  take(method: string, path: string): Fault | undefined {
    const request = `${method} ${path}`
    const fault = this.#planned.find(({ match }) => match === undefined || new RegExp(match).test(request))
    if (!fault) return undefined
    fault.times -= 1
    if (fault.times === 0) this.#planned = this.#planned.filter((other) => other !== fault)
    return fault
  }
}
