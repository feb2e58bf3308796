import type { Metadata } from 'next'
import { ResetPasswordForm } from '../../features/account/reset-password-form.tsx'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams
  return <ResetPasswordForm token={typeof token === 'string' && token ? token : null} />
}
