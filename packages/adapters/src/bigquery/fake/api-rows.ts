import type { Field } from './resources.ts'

/** As the API gives rows: every value is text. https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults */
export function apiRows(fields: readonly Field[], rows: readonly (readonly (string | null)[])[]) {
  return rows.map((row) => ({ f: row.map((cell, index) => ({ v: cell === null ? null : apiText(fields[index], cell) })) }))
}

function apiText(field: Field | undefined, cell: string): string {
  if (field?.type === 'BOOLEAN') return cell === 't' ? 'true' : 'false'
  if (field?.type === 'TIMESTAMP') return microseconds(cell)
  return cell
}

/** From `2026-03-01 23:59:59.123456+00`. */
function microseconds(cell: string): string {
  const fraction = /\.(\d+)/.exec(cell)?.[1] ?? ''
  const whole = Date.parse(cell.replace(/\.\d+/, '').replace(' ', 'T').replace(/\+00$/, 'Z'))
  return (BigInt(whole) * 1000n + BigInt(fraction.padEnd(6, '0'))).toString()
}
