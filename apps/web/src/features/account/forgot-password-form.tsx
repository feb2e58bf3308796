'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { credentialsSchema } from '@gangway/schemas/account'
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { paths } from '../../paths.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { AuthCard } from './auth-card.tsx'
import { authClient } from './auth-client.ts'
import { attempt } from './auth-problem.ts'
import { FormProblem } from './form-problem.tsx'

export function ForgotPasswordForm() {
  const origin = useApiOrigin()
  const form = useForm({ resolver: zodResolver(z.pick(credentialsSchema, { email: true })), defaultValues: { email: '' } })
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState

  const submit = form.handleSubmit(async ({ email }) => {
    const redirectTo = new URL(paths.resetPassword(), window.location.origin).href
    const problem = await attempt(() => authClient(origin).requestPasswordReset({ email, redirectTo }))
    if (problem) form.setError(problem.field === 'email' ? 'email' : 'root', { message: problem.message }, { shouldFocus: true })
  })

  return (
    <AuthCard
      title="Reset your password"
      lead="We send you a link to choose a new one."
      footer={
        <Anchor component={Link} href={paths.signIn()}>
          Back to sign in
        </Anchor>
      }
    >
      {isSubmitSuccessful ? (
        // The same answer for every address: it tells nobody who has an account.
        <Text role="status">
          If there is an account for {form.getValues('email')}, a link is on its way. It works for one hour.
        </Text>
      ) : (
        <form onSubmit={submit} noValidate method="post">
          <Stack>
            <FormProblem message={errors.root?.message} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="email"
              error={errors.email?.message}
              {...form.register('email')}
            />
            <Button type="submit" loading={isSubmitting} fullWidth>
              Send the link
            </Button>
          </Stack>
        </form>
      )}
    </AuthCard>
  )
}
