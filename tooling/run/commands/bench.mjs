import path from 'node:path'
import { buildApps } from '../build.mjs'
import { follow } from '../child.mjs'
import { NODE, ROOT } from '../places.mjs'

/** One of the benchmarks: the product beside its floors and its peers. */
export async function bench(args) {
  if (args[0] === 'web') await buildApps()
  return follow(NODE, [path.join(ROOT, 'bench/main.ts'), ...args])
}
