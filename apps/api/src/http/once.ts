/** Remembers the first answer, for callers that ask at the same time as well. */
export function once<Value>(find: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined
  return () => (found ??= find())
}
