import type { Metadata } from 'next'
import { QuotasPage } from '../../../features/settings/quotas-page.tsx'

export const metadata: Metadata = { title: 'Quotas' }

export default function Page() {
  return <QuotasPage />
}
