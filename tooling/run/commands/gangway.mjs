import path from 'node:path'
import { follow } from '../child.mjs'
import { NODE, ROOT } from '../places.mjs'

/** The product's own command line. */
export function gangway(args) {
  return follow(NODE, [path.join(ROOT, 'apps/api/src/main/cli.ts'), ...args])
}
