import type { CreatedRange } from './fields.ts'
import { noSuch } from './problem.ts'

interface Paging {
  limit: number
  starting_after?: string | undefined
  ending_before?: string | undefined
  created?: CreatedRange | undefined
}

interface Listed {
  id: string
  created?: number
}

export interface Page<Item> {
  object: 'list'
  url: string
  has_more: boolean
  data: Item[]
}

/** One page, newest first. https://docs.stripe.com/api/pagination */
export function page<Item extends Listed>(
  items: Iterable<Item>,
  { limit, starting_after: after, ending_before: before, created }: Paging,
  { url, noun }: { url: string; noun: string },
): Page<Item> {
  const all = [...items].reverse()
  const indexOf = (id: string, param: string) => {
    const index = all.findIndex((item) => item.id === id)
    if (index === -1) throw noSuch(noun, id, param)
    return index
  }
  const start = after === undefined ? 0 : indexOf(after, 'starting_after') + 1
  const end = before === undefined ? all.length : indexOf(before, 'ending_before')
  const fitting = all.slice(start, end).filter((item) => isWithin(item.created, created))
  const data = before === undefined ? fitting.slice(0, limit) : fitting.slice(-limit)
  return { object: 'list', url, has_more: fitting.length > data.length, data }
}

function isWithin(at: number | undefined, range: CreatedRange | undefined): boolean {
  if (at === undefined || range === undefined) return true
  if (typeof range === 'number') return at === range
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return at > gt && at >= gte && at < lt && at <= lte
}
