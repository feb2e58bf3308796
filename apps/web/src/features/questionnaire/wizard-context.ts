import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { createContext, use } from 'react'
import type { Questions } from './questions.ts'
import type { SaveEngine, SaveStatus } from './save-engine.ts'

export interface Wizard {
  engine: SaveEngine
  /** Undefined until the server has answered and this browser's answers are merged with its own. */
  session: OnboardingSession | undefined
  questions: Questions
  /** What is asked is known, and can be shown: sooner than the answers. */
  isKnown: boolean
  /** What the server found when it was asked to complete; steps that were put right are taken out. */
  issues: readonly StepIssue[]
  setIssues(issues: StepIssue[]): void
  goTo(step: StepId): void
  /** From here on the guard lets the page be: somebody who has just finished is on their way out. */
  setLeaving(isLeaving: boolean): void
}

export const WizardContext = createContext<Wizard | null>(null)
export const SaveStatusContext = createContext<SaveStatus>({ kind: 'untouched' })

export function useWizard(): Wizard {
  const wizard = use(WizardContext)
  if (!wizard) throw new Error('outside of the wizard')
  return wizard
}
