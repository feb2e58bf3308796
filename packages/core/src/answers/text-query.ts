/** Beginnings of so many letters find words; shorter ones would find half the dictionary, and are words themselves. */
const SHORTEST_BEGINNING = 3

/**
 * A `tsquery` for what somebody typed: every word, or what begins like it, in any order. Words are parted as the function
 * `answer_words` of the database parts what is searched, and an address stays whole; undefined where there is no word.
 */
export function textQuery(text: string): string | undefined {
  const parts = text.toLowerCase().split(/\s+/)
  const words = parts.flatMap((part) => (isAddress(part) ? [part] : (part.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])))
  return words.length > 0 ? [...new Set(words)].map(term).join(' & ') : undefined
}

function isAddress(part: string): boolean {
  return /^[^@]+@[^@]+$/.test(part)
}

/** The word stands beside its beginning for the planner, which knows how many have a word and guesses the rest. */
function term(word: string): string {
  const quoted = `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  return word.length >= SHORTEST_BEGINNING ? `(${quoted} | ${quoted}:*)` : quoted
}
