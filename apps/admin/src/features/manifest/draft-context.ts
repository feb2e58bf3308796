import type { LanguageCode } from '@gangway/schemas/questionnaire'
import { createContext, use } from 'react'
import type { Problem } from './problems.ts'

export interface DraftContextValue {
  /** The language whose texts are being written. */
  language: LanguageCode
  problems: readonly Problem[]
}

export const DraftContext = createContext<DraftContextValue>({ language: 'en', problems: [] })

export function useDraftContext(): DraftContextValue {
  return use(DraftContext)
}
