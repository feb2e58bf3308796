import { ProviderError } from './provider-error.ts'

/**
 * A key that reads the reports is good, whatever else it may do. Of one that does not, the list of models tells whether
 * the key itself is refused, or only has too few rights.
 */
export async function validateByReports(tries: { report(): Promise<unknown>; models(): Promise<unknown> }): Promise<void> {
  try {
    await tries.report()
  } catch (error) {
    if (!(error instanceof ProviderError && error.reason === 'key_rejected')) throw error
    const { provider, statusCode } = error
    if (await succeeds(tries.models)) throw new ProviderError({ provider, statusCode, reason: 'forbidden' })
    throw error
  }
}

async function succeeds(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (error instanceof ProviderError && ['key_rejected', 'forbidden'].includes(error.reason)) return false
    throw error
  }
}
