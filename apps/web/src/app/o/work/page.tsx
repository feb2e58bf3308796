import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { WorkStep } from '../../../features/questionnaire/steps/work-step.tsx'

export const metadata = stepMetadata('work')

export default function Page() {
  return <WorkStep />
}
