/** Says what is being done and how long it took: `Installing packages … 21.3 s`. */
export async function step(title, work) {
  const began = performance.now()
  process.stderr.write(`${title} … `)
  try {
    const result = await work()
    process.stderr.write(`${seconds(began)}\n`)
    return result
  } catch (error) {
    process.stderr.write('failed\n')
    throw error
  }
}

/** @param began as `performance.now()` gave it */
export function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}
