import { QUICK_START_GUIDE } from './documents/quick-start-guide.ts'
import { SAMPLE_FAQ } from './documents/sample-faq.ts'
import { WELCOME } from './documents/welcome.ts'

/** What every person finds at first login. Keys are stored: a part with a new key is a new part. */
export const STARTER_KIT = {
  notebook: {
    key: 'getting-started',
    title: 'Getting Started',
    visibility: 'private',
    tags: ['welcome', 'getting-started', 'onboarding'],
  },
  documents: [
    { key: 'welcome', title: 'Welcome', body: WELCOME },
    { key: 'quick-start-guide', title: 'Quick Start Guide', body: QUICK_START_GUIDE },
    { key: 'sample-faq', title: 'Sample FAQ', body: SAMPLE_FAQ },
  ],
  assistant: { key: 'personal-assistant', name: 'Personal Assistant', type: 'qa' },
} as const

/** The name of somebody's personal space. */
export function personalSpaceName(personName: string): string {
  const name = personName.trim()
  return name === '' ? 'Personal space' : `${name}’s space`
}
