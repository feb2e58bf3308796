'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { MINIMUM_PASSWORD_LENGTH, signUpSchema } from '@gangway/schemas/account'
import { Anchor, Button, Stack } from '@mantine/core'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { paths } from '../../paths.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { AuthCard } from './auth-card.tsx'
import { authClient } from './auth-client.ts'
import { attempt } from './auth-problem.ts'
import { FormProblem } from './form-problem.tsx'
import { PasswordField } from './password-field.tsx'

export function ResetPasswordForm({ token }: { token: string | null }) {
  const origin = useApiOrigin()
  const form = useForm({ resolver: zodResolver(z.pick(signUpSchema, { password: true })), defaultValues: { password: '' } })
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState

  const submit = form.handleSubmit(async ({ password }) => {
    const problem = await attempt(() => authClient(origin).resetPassword({ newPassword: password, token: token ?? '' }))
    if (problem)
      form.setError(problem.field === 'password' ? 'password' : 'root', { message: problem.message }, { shouldFocus: true })
  })

  if (!token) {
    return (
      <AuthCard title="This link is not valid" lead="It may have been used already, or be too old." footer={<BackToSignIn />}>
        <Button component={Link} href={paths.forgotPassword()} fullWidth>
          Ask for a new link
        </Button>
      </AuthCard>
    )
  }
  if (isSubmitSuccessful) {
    return (
      <AuthCard title="Your password is changed" lead="Sign in with the new one." footer={null}>
        <Button component={Link} href={paths.signIn()} fullWidth>
          Sign in
        </Button>
      </AuthCard>
    )
  }
  return (
    <AuthCard title="Choose a new password" footer={<BackToSignIn />}>
      <form onSubmit={submit} noValidate method="post">
        <Stack>
          <FormProblem message={errors.root?.message} />
          <PasswordField
            label="New password"
            description={`At least ${MINIMUM_PASSWORD_LENGTH} characters.`}
            autoComplete="new-password"
            error={errors.password?.message}
            {...form.register('password')}
          />
          <Button type="submit" loading={isSubmitting} fullWidth>
            Change password
          </Button>
        </Stack>
      </form>
    </AuthCard>
  )
}

function BackToSignIn() {
  return (
    <Anchor component={Link} href={paths.signIn()}>
      Back to sign in
    </Anchor>
  )
}
