import { runChecks } from '../checks.mjs'

/** Everything that can be known without running the product. */
export async function verify() {
  const { failed } = await runChecks()
  return failed === 0 ? 0 : 1
}
