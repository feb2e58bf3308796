import type { Metadata } from 'next'
import { PlanPage } from '../../features/plan/plan-page.tsx'

export const metadata: Metadata = { title: 'Choose your plan' }

export default function Page() {
  return <PlanPage />
}
