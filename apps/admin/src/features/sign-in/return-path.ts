/** `from` when it is a path of this app; `otherwise` when it is missing or leads somewhere else. */
export function returnPath(from: string | null, otherwise: string): string {
  const base = 'http://here.invalid'
  if (!from?.startsWith('/') || !URL.canParse(from, base)) return otherwise
  const url = new URL(from, base)
  return url.origin === base ? `${url.pathname}${url.search}` : otherwise
}
