import { suggestSlug } from '@gangway/schemas/slug'
import type { Command } from 'commander'

/** The tenant's id that was given, or one made from the company's name. A name that holds nothing usable is wrong usage. */
export function tenantIdFor(command: Command, { tenantId, company }: { tenantId?: string; company: string }): string {
  const id = tenantId ?? suggestSlug(company)
  if (id === '') command.error(`error: '${company}' makes no tenant id; give one with --tenant-id`)
  return id
}
