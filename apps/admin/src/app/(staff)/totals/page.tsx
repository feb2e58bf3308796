import type { Metadata } from 'next'
import { TotalsPage } from '../../../features/totals/totals-page.tsx'

export const metadata: Metadata = { title: 'Totals' }

export default function Page() {
  return <TotalsPage />
}
