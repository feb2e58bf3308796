import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { VersionPage } from '../../../../features/manifest/version-page.tsx'

export const metadata: Metadata = { title: 'One version of the questions' }

export default async function Page({ params }: { params: Promise<{ version: string }> }) {
  const { version } = await params
  if (!/^[1-9]\d{0,8}$/.test(version)) notFound()
  return <VersionPage version={Number(version)} />
}
