'use client'

import { Alert, Anchor, Button, Container, Skeleton, Text, Title } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { Brand } from '../shell/brand.tsx'
import { ColorSchemeSwitch } from '../shell/color-scheme-switch.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import styles from './checkout-page.module.css'
import { OrderSummary } from './order-summary.tsx'
import { PaymentForm } from './payment-form.tsx'

/** Stands where a provider's hosted page stands in production. */
export function CheckoutPage({ id }: { id: string }) {
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Brand />
        <ColorSchemeSwitch />
      </header>
      <Container component="main" size="60rem" w="100%" px="lg" pb="4rem">
        <Alert color="yellow" icon={<IconFlask aria-hidden />} title="Sandbox: no money moves" mb="xl">
          <Text size="sm" c="var(--mantine-color-text)">
            This page stands in for a payment provider. You choose how the payment ends and how its confirmation arrives.
          </Text>
        </Alert>
        <Checkout id={id} />
      </Container>
    </div>
  )
}

function Checkout({ id }: { id: string }) {
  const checkout = useQuery(useTRPC().sandboxCheckout.get.queryOptions({ checkoutSessionId: id }))
  if (checkout.isLoadingError) {
    return (
      <>
        <Title order={1} size="h2" mb="md">
          This checkout cannot be opened
        </Title>
        <ProblemAlert problem={problemOf(checkout.error)}>
          <Button component={Link} href={paths.plan()} size="xs" variant="default">
            See the plans
          </Button>
        </ProblemAlert>
      </>
    )
  }
  return (
    <>
      <Title order={1} size="h2" mb="lg">
        Checkout
      </Title>
      <div className={styles.halves}>
        <section aria-labelledby="order">
          {checkout.data ? <OrderSummary checkout={checkout.data} /> : <Skeleton height={236} />}
        </section>
        <section aria-labelledby="payment">
          {!checkout.data && <Skeleton height={430} />}
          {checkout.data?.status === 'open' && <PaymentForm checkout={checkout.data} />}
          {checkout.data && checkout.data.status !== 'open' && (
            <Closed isPaid={checkout.data.status === 'complete'} successUrl={checkout.data.successUrl} />
          )}
        </section>
      </div>
    </>
  )
}

function Closed({ isPaid, successUrl }: { isPaid: boolean; successUrl: string }) {
  return (
    <>
      <Title order={2} size="h3" id="payment">
        {isPaid ? 'This checkout is paid' : 'This checkout has expired'}
      </Title>
      <Text mt="xs" mb="md">
        {isPaid ? 'There is nothing left to pay.' : 'Nothing was charged.'}
      </Text>
      {isPaid ? (
        <Anchor href={successUrl}>Go on to the setup</Anchor>
      ) : (
        <Anchor component={Link} href={paths.plan()}>
          Start again
        </Anchor>
      )}
    </>
  )
}
