import type { Metadata } from 'next'
import { BootstrapPage } from '../../../features/bootstrap/bootstrap-page.tsx'

export const metadata: Metadata = { title: 'Bootstrap' }

export default function Page() {
  return <BootstrapPage />
}
