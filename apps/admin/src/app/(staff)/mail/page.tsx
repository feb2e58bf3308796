import type { Metadata } from 'next'
import { MailPage } from '../../../features/mail/mail-page.tsx'

export const metadata: Metadata = { title: 'Mail' }

export default function Page() {
  return <MailPage />
}
