/**
 * What does not answer in time fails with a TimeoutError. The SDK cannot be told to let go, and its own `timeout` has no
 * effect (node-fetch dropped the option that it is passed to), so an answer that comes later is passed over.
 */
export async function answerWithin<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new DOMException(`no answer from BigQuery in ${ms} ms`, 'TimeoutError')), ms)
  try {
    return await Promise.race([answer, late.promise])
  } catch (error) {
    throw withoutRequest(error)
  } finally {
    clearTimeout(timer)
    answer.catch(() => {})
  }
}

/** The SDK hangs the response on its errors, with the request and the token in its headers: no log may list that. */
function withoutRequest(error: unknown): unknown {
  if (error instanceof Error && 'response' in error) Object.defineProperty(error, 'response', { enumerable: false })
  return error
}
