import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { StepPage } from '../../../features/questionnaire/step-page.tsx'

interface StepRoute {
  params: Promise<{ step: string }>
}

export async function generateMetadata({ params }: StepRoute) {
  return stepMetadata((await params).step)
}

export default async function Page({ params }: StepRoute) {
  return <StepPage id={(await params).step} />
}
