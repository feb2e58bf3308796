import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { PreferencesStep } from '../../../features/questionnaire/steps/preferences-step.tsx'

export const metadata = stepMetadata('preferences')

export default function Page() {
  return <PreferencesStep />
}
