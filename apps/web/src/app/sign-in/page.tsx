import type { Metadata } from 'next'
import { SignInForm } from '../../features/account/sign-in-form.tsx'
import { safeNext } from '../../paths.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams
  return <SignInForm next={safeNext(typeof next === 'string' ? next : null)} />
}
