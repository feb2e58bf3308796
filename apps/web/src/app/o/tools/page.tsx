import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { ToolsStep } from '../../../features/questionnaire/steps/tools-step.tsx'

export const metadata = stepMetadata('tools')

export default function Page() {
  return <ToolsStep />
}
