import type { Metadata } from 'next'
import { ManifestsPage } from '../../../features/manifest/manifests-page.tsx'

export const metadata: Metadata = { title: 'Questions' }

export default function Page() {
  return <ManifestsPage />
}
