import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { InvitesStep } from '../../../features/questionnaire/steps/invites-step.tsx'

export const metadata = stepMetadata('invites')

export default function Page() {
  return <InvitesStep />
}
