import path from 'node:path'
import { follow } from '../child.mjs'
import { PACKAGES_BIN } from '../places.mjs'

/** Formats the files that are named, or all. */
export function format(args) {
  return follow(path.join(PACKAGES_BIN, 'oxfmt'), args)
}
