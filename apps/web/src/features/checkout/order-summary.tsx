'use client'

import type { SandboxCheckout } from '@gangway/schemas/checkout'
import { PLANS } from '@gangway/schemas/plans'
import { Divider, Group, Text, Title } from '@mantine/core'
import { formatPrice } from '../plan/price.ts'

export function OrderSummary({ checkout }: { checkout: SandboxCheckout }) {
  const { plan, companyName, amount, currency } = checkout
  const price = formatPrice(amount, currency)
  return (
    <>
      <Title order={2} size="h3" id="order">
        Your order
      </Title>
      <Text c="dimmed" mt="xs">
        Subscribe to Gangway {PLANS[plan].name}
      </Text>
      <Text fz="2.25rem" fw={650} mt={4}>
        {price}
        <Text component="span" c="dimmed">
          {' '}
          a month
        </Text>
      </Text>
      <Divider my="md" />
      <Group justify="space-between">
        <Text>Gangway {PLANS[plan].name}</Text>
        <Text>{price}</Text>
      </Group>
      <Text size="sm" c="dimmed">
        For {companyName}
      </Text>
      <Divider my="md" />
      <Group justify="space-between">
        <Text fw={600}>Due today</Text>
        <Text fw={600}>{price}</Text>
      </Group>
    </>
  )
}
