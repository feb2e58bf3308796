'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type PaySandboxCheckoutInput, paySandboxCheckoutInputSchema, type SandboxCheckout } from '@gangway/schemas/checkout'
import { Anchor, Button, Radio, Stack, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { formatPrice } from '../plan/price.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useReturn } from '../shell/use-return.ts'

const PAYMENTS = [
  { value: 'succeeds', label: 'Succeeds', description: 'Paid at once, as with most cards.' },
  { value: 'declined', label: 'Is declined', description: 'The bank says no; it can be tried again.' },
  {
    value: 'clears_later',
    label: 'Clears later',
    description: 'As with a bank debit: the order stands, the money comes in a moment.',
  },
] as const

const DELIVERIES = [
  { value: 'once', label: 'Once, at once' },
  { value: 'late', label: 'Late' },
  { value: 'twice', label: 'Twice' },
  { value: 'never', label: 'Never' },
] as const

export function PaymentForm({ checkout }: { checkout: SandboxCheckout }) {
  const pay = useMutation(
    useTRPC().sandboxCheckout.pay.mutationOptions({ onSuccess: ({ redirectUrl }) => window.location.assign(redirectUrl) }),
  )
  useReturn(pay.reset)
  const form = useForm<PaySandboxCheckoutInput>({
    resolver: zodResolver(paySandboxCheckoutInputSchema),
    defaultValues: { checkoutSessionId: checkout.id, payment: PAYMENTS[0].value, delivery: DELIVERIES[0].value },
  })
  return (
    <form onSubmit={form.handleSubmit((choice) => pay.mutate(choice))} noValidate>
      <Stack gap="lg">
        <Title order={2} size="h3" id="payment">
          Payment
        </Title>
        {pay.isError && <ProblemAlert title="The payment did not go through" problem={problemOf(pay.error)} />}
        <Controller
          name="payment"
          control={form.control}
          render={({ field }) => (
            <Radio.Group label="The payment" value={field.value} onChange={field.onChange}>
              <Stack gap="sm" mt="xs">
                {PAYMENTS.map(({ value, label, description }) => (
                  <Radio key={value} value={value} label={label} description={description} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <Controller
          name="delivery"
          control={form.control}
          render={({ field }) => (
            <Radio.Group label="The signed webhook arrives" value={field.value} onChange={field.onChange}>
              <Stack gap="xs" mt="xs">
                {DELIVERIES.map(({ value, label }) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <Button type="submit" size="md" loading={pay.isPending || pay.isSuccess}>
          Pay {formatPrice(checkout.amount, checkout.currency)}
        </Button>
        <Anchor href={checkout.cancelUrl} ta="center" size="sm">
          Cancel and go back
        </Anchor>
      </Stack>
    </form>
  )
}
