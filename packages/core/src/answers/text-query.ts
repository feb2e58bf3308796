/** Beginnings of so many letters find words; shorter ones would find half the dictionary, and are words themselves. */
const SHORTEST_BEGINNING = 3

/**
 * What Postgres is asked for what somebody typed: every word, or what begins like it, in any order. Parted as the function
 * `answer_words` parts what is searched; undefined where there is no word in it.
 */
export function textQuery(text: string): string | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const terms = [...new Set(words)].map((word) => (word.length >= SHORTEST_BEGINNING ? `'${word}':*` : `'${word}'`))
  return terms.length > 0 ? terms.join(' & ') : undefined
}
