'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { credentialsSchema } from '@gangway/schemas/account'
import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { paths } from '../../paths.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { AuthCard } from './auth-card.tsx'
import { attempt } from './auth-problem.ts'
import { authClient } from './auth-client.ts'
import { FormProblem } from './form-problem.tsx'
import { PasswordField } from './password-field.tsx'
import { useEnter } from './use-enter.ts'

export function SignInForm({ next }: { next: string }) {
  const origin = useApiOrigin()
  const enter = useEnter(next)
  const form = useForm({ resolver: zodResolver(credentialsSchema), defaultValues: { email: '', password: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (credentials) => {
    const problem = await attempt(() => authClient(origin).signIn.email(credentials))
    if (problem) form.setError(problem.field ?? 'root', { message: problem.message }, { shouldFocus: true })
    else await enter()
  })

  return (
    <AuthCard
      title="Sign in"
      footer={
        <>
          New here?{' '}
          <Anchor component={Link} href={paths.signUp(next)} underline="always">
            Create an account
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit} noValidate method="post">
        <Stack>
          <FormProblem message={errors.root?.message} />
          <TextInput label="E-mail" type="email" autoComplete="email" error={errors.email?.message} {...form.register('email')} />
          <PasswordField
            label="Password"
            autoComplete="current-password"
            error={errors.password?.message}
            {...form.register('password')}
          />
          <Button type="submit" loading={isSubmitting} fullWidth>
            Sign in
          </Button>
          <Anchor component={Link} href={paths.forgotPassword()} size="sm" ta="center">
            Forgot your password?
          </Anchor>
        </Stack>
      </form>
    </AuthCard>
  )
}
