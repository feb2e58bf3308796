import path from 'node:path'
import { follow } from '../child.mjs'
import { NODE, ROOT } from '../places.mjs'

/** One of the benchmarks: the product beside its floors and its peers. */
export function bench(args) {
  return follow(NODE, [path.join(ROOT, 'bench/main.ts'), ...args])
}
