import type { Metadata } from 'next'
import { AnswersPage } from '../../../features/answers/answers-page.tsx'

export const metadata: Metadata = { title: 'Answers' }

export default function Page() {
  return <AnswersPage />
}
