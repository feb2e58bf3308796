import type { Option } from '@gangway/schemas/questionnaire'

/** Where this browser says it is. */
export function browserTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Every zone that this browser knows, with its own, which may go by an older name: by region, cities in order. */
export function timezones(): { group: string; items: Option[] }[] {
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserTimezone()])].toSorted()
  const regions = new Map<string, string[]>()
  for (const zone of zones) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Everywhere'
    regions.set(region, [...(regions.get(region) ?? []), zone])
  }
  return [...regions].map(([group, members]) => ({ group, items: members.map((value) => ({ value, label: cityOf(value) })) }))
}

function cityOf(zone: string): string {
  return zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ')
}
