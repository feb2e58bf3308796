import type { Metadata } from 'next'
import { TemplatesPage } from '../../../../features/mail/templates-page.tsx'

export const metadata: Metadata = { title: 'Mail templates' }

export default function Page() {
  return <TemplatesPage />
}
