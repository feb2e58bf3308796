import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { WorkspaceStep } from '../../../features/questionnaire/steps/workspace-step.tsx'

export const metadata = stepMetadata('workspace')

export default function Page() {
  return <WorkspaceStep />
}
