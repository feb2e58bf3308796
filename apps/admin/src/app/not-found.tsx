import type { Metadata } from 'next'
import { NotFoundPage } from '../features/problem/not-found-page.tsx'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return <NotFoundPage />
}
