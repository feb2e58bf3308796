'use client'

import { credentialsSchema } from '@gangway/schemas/account'
import { zodResolver } from '@hookform/resolvers/zod'
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTRPC } from '../../trpc/client.ts'
import { authClient } from './auth-client.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { refusalText } from './refusal-text.ts'

const NO_REPLY = { error: { status: 0 } }

/** `leaving`: the person is in already, and the next page is on its way. */
export function SignInForm({ leaving }: { leaving: boolean }) {
  const origin = useApiOrigin()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [refusal, setRefusal] = useState<string | null>(null)
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(credentialsSchema),
    defaultValues: { email: '', password: '' },
  })

  const submit = handleSubmit(async (credentials) => {
    setRefusal(null)
    const { error } = await authClient(origin)
      .signIn.email(credentials)
      .catch(() => NO_REPLY)
    if (error) setRefusal(refusalText(error.status))
    else await queryClient.invalidateQueries(trpc.account.me.queryFilter())
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {refusal ? (
          <Alert role="alert" color="red" variant="light">
            {refusal}
          </Alert>
        ) : null}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          {...register('email')}
          error={formState.errors.email?.message}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          {...register('password')}
          error={formState.errors.password?.message}
        />
        <Button type="submit" loading={formState.isSubmitting || leaving}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
