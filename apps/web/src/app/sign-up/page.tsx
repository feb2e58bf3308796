import type { Metadata } from 'next'
import { SignUpForm } from '../../features/account/sign-up-form.tsx'
import { safeNext } from '../../paths.ts'

export const metadata: Metadata = { title: 'Create your account' }

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams
  return <SignUpForm next={safeNext(typeof next === 'string' ? next : null)} />
}
