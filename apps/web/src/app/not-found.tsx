import type { Metadata } from 'next'
import { StatusPage } from '../features/shell/status-page.tsx'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <StatusPage
      title="Page not found"
      text="There is nothing at this address. It may have moved, or the link may be incomplete."
    />
  )
}
