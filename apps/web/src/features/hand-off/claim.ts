const NAME = 'gangway.hand-off'
let unkept: string | undefined

/**
 * What shows the server that this browser took a link up. Where nothing can be kept, it lasts as long as the page: the link
 * then needs to be answered without leaving it.
 */
export function ownClaim(): string {
  try {
    const kept = localStorage.getItem(NAME)
    if (kept) return kept
    const made = newClaim()
    localStorage.setItem(NAME, made)
    return made
  } catch {
    return (unkept ??= newClaim())
  }
}

function newClaim(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
