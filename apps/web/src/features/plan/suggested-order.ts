import type { DraftAnswers, DraftValue } from '@gangway/schemas/questionnaire'
import { suggestSlug } from '@gangway/schemas/slug'

export interface SuggestedOrder {
  companyName: string
  slug: string
}

/** What the answers so far say about who is paying; '' for what they do not say. */
export function suggestedOrder({ profile, workspace }: DraftAnswers): SuggestedOrder {
  const companyName = text(profile?.['companyName']) || text(workspace?.['name'])
  return { companyName, slug: text(workspace?.['slug']) || suggestSlug(text(workspace?.['name']) || companyName) }
}

function text(value: DraftValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
