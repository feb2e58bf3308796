import path from 'node:path'
import { follow } from '../child.mjs'
import { NODE, ROOT } from '../places.mjs'

/** The long fault suite: processes killed, frozen, cut off and crowded. `--minutes N`, `--seed S`, `--only NAME`. */
export function testFaults(args) {
  return follow(NODE, [path.join(ROOT, 'tests/faults/main.ts'), ...args])
}
