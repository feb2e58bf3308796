import { buildApps } from '../build.mjs'
import { gangway } from './gangway.mjs'

/** Builds what changed and runs the product until it is told to stop. */
export async function start(args) {
  await buildApps()
  return gangway(['up', ...args])
}
