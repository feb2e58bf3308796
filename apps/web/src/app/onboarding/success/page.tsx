import type { Metadata } from 'next'
import { SetupPage } from '../../../features/provisioning/setup-page.tsx'

export const metadata: Metadata = { title: 'Setting up' }

export default async function Page({ searchParams }: { searchParams: Promise<{ session_id?: string | string[] }> }) {
  const { session_id: checkoutSessionId } = await searchParams
  return <SetupPage checkoutSessionId={typeof checkoutSessionId === 'string' ? checkoutSessionId : ''} />
}
