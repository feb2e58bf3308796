const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `812 B`, `1.2 MB`: by thousands, as file managers and browsers count. */
export function bytesText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1)
  return `${NUMBER.format(bytes / 1000 ** power)} ${UNITS[power]}`
}
