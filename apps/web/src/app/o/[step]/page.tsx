import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { stepMetadata } from '../../../features/questionnaire/step-metadata.ts'
import { StepPage } from '../../../features/questionnaire/step-page.tsx'

interface StepRoute {
  params: Promise<{ step: string }>
}

/** Steps that are published later are made when they are asked for first. */
export function generateStaticParams() {
  return BUILT_IN_MANIFEST.steps.map(({ id }) => ({ step: id }))
}

export async function generateMetadata({ params }: StepRoute) {
  return stepMetadata((await params).step)
}

export default async function Page({ params }: StepRoute) {
  return <StepPage id={(await params).step} />
}
