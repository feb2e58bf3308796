import { type Days, readDay } from './days.ts'

// Addresses are typed and mailed around: what is not understood is left out.

/** A schema, as far as it is needed to pick out what it knows. */
interface Choices<Choice> {
  safeParse(value: string): { data?: Choice | undefined }
}

/** Each value that a list of choices knows, once. */
export function readChoices<Choice>(params: URLSearchParams, name: string, schema: Choices<Choice>): Choice[] {
  return [...new Set(params.getAll(name).flatMap((value) => schema.safeParse(value).data ?? []))]
}

export function readDays(params: URLSearchParams): Days {
  return { from: readDay(params.get('from')), to: readDay(params.get('to')) }
}

/** The search part of an address, with its `?`; '' when nothing is asked for. */
export function searchOf(values: Readonly<Record<string, string | readonly string[]>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    for (const one of typeof value === 'string' ? [value] : value) if (one) params.append(name, one)
  }
  return params.size > 0 ? `?${params}` : ''
}
