import type { Metadata } from 'next'
import { ForgotPasswordForm } from '../../features/account/forgot-password-form.tsx'

export const metadata: Metadata = { title: 'Reset your password' }

export default function Page() {
  return <ForgotPasswordForm />
}
