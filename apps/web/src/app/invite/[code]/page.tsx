import type { Metadata } from 'next'
import { InvitePage } from '../../../features/invites/invite-page.tsx'

export const metadata: Metadata = { title: 'You are invited' }

export default async function Page({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params
  return <InvitePage code={decodeURIComponent(code)} />
}
