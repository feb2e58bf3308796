import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { ProfileStep } from '../../../features/questionnaire/steps/profile-step.tsx'

export const metadata = stepMetadata('profile')

export default function Page() {
  return <ProfileStep />
}
