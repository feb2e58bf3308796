'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { MINIMUM_PASSWORD_LENGTH, signUpSchema } from '@gangway/schemas/account'
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

export function SignUpForm({ next }: { next: string }) {
  const origin = useApiOrigin()
  const enter = useEnter(next)
  const form = useForm({ resolver: zodResolver(signUpSchema), defaultValues: { name: '', email: '', password: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (account) => {
    const problem = await attempt(() => authClient(origin).signUp.email(account))
    if (problem) form.setError(problem.field ?? 'root', { message: problem.message }, { shouldFocus: true })
    else await enter()
  })

  return (
    <AuthCard
      title="Create your account"
      lead="A few questions, and your team has its workspace."
      footer={
        <>
          Already have an account?{' '}
          <Anchor component={Link} href={paths.signIn(next)} underline="always">
            Sign in
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit} noValidate method="post">
        <Stack>
          <FormProblem message={errors.root?.message} />
          <TextInput label="Name" autoComplete="name" error={errors.name?.message} {...form.register('name')} />
          <TextInput label="E-mail" type="email" autoComplete="email" error={errors.email?.message} {...form.register('email')} />
          <PasswordField
            label="Password"
            description={`At least ${MINIMUM_PASSWORD_LENGTH} characters.`}
            autoComplete="new-password"
            error={errors.password?.message}
            {...form.register('password')}
          />
          <Button type="submit" loading={isSubmitting} fullWidth>
            Create account
          </Button>
        </Stack>
      </form>
    </AuthCard>
  )
}
