/* What happens to the tags of a question: chosen from its options, or a person's own words. */

interface Option {
  value: string
  label: string
}

/** The options that are not chosen yet and have what was typed in their names. */
export function suggestions(
  options: readonly Option[],
  { values, typed }: { values: readonly string[]; typed: string },
): Option[] {
  const wanted = plain(typed)
  return options.filter(({ value, label }) => !values.includes(value) && plain(label).includes(wanted))
}

/** With the tags that a text names, between commas; each once, whatever its case, and no more than `limit`. */
export function withTags(
  values: readonly string[],
  text: string,
  { options, limit }: { options: readonly Option[]; limit: number },
): string[] {
  const tags = [...values]
  const optionOf = (part: string) => options.find(({ label }) => plain(label) === plain(part))?.value
  const parts = optionOf(text) === undefined ? text.split(',').map((part) => part.trim()) : [text]
  for (const part of parts) {
    const value = optionOf(part) ?? part
    if (part !== '' && tags.length < limit && !tags.some((tag) => plain(tag) === plain(value))) tags.push(value)
  }
  return tags
}

function plain(text: string): string {
  return text.trim().toLowerCase()
}
