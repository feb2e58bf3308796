type Node = string | { [key: string]: Node }
type Nested = { [key: string]: Node }

/** `a[b][0]=c` as `{ a: { b: ['c'] } }`, the form that Stripe takes in bodies and queries alike. */
export function readForm(entries: Iterable<[string, string]>): unknown {
  const root: Nested = {}
  for (const [name, value] of entries) {
    const keys = name.split(/\[|\]\[|\]/).filter((key) => key !== '')
    const last = keys.pop()
    if (last === undefined) continue
    let at = root
    for (const key of keys) {
      const next = at[key]
      const inner: Nested = typeof next === 'object' ? next : {}
      at[key] = inner
      at = inner
    }
    at[last] = value
  }
  return withLists(root)
}

function withLists(node: Node): unknown {
  if (typeof node === 'string') return node
  const keys = Object.keys(node)
  const isList = keys.length > 0 && keys.every((key) => /^\d+$/.test(key))
  if (isList) return Object.values(node).map(withLists)
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withLists(value)]))
}
