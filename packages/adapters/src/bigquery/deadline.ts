/**
 * What does not answer in time fails with a TimeoutError. The SDK cannot be told to let go, and its own `timeout` has no
 * effect (node-fetch dropped the option that it is passed to), so an answer that comes later is passed over.
 */
export async function answerWithin<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new DOMException(`no answer from BigQuery in ${ms} ms`, 'TimeoutError')), ms)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
    answer.catch(() => {})
  }
}
