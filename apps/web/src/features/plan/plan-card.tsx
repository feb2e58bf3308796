'use client'

import type { Plan } from '@gangway/schemas/plans'
import { Radio, Text } from '@mantine/core'
import styles from './plan-card.module.css'
import { formatPrice } from './price.ts'

const number = new Intl.NumberFormat('en-US')

export function PlanCard({ plan }: { plan: Plan }) {
  const { runsPerDay, runsPerMonth, runsAtOnce } = plan.limits
  return (
    <Radio.Card
      value={plan.id}
      p="lg"
      className={styles.card}
      aria-label={`${plan.name}, ${formatPrice(plan.amount, plan.currency)} a month`}
      aria-describedby={`plan-${plan.id}`}
    >
      <span className={styles.top}>
        <Text component="span" fw={600} size="lg">
          {plan.name}
        </Text>
        <Radio.Indicator />
      </span>
      <Text component="span" className={styles.price}>
        {formatPrice(plan.amount, plan.currency)}
        <Text component="span" size="sm" c="dimmed">
          {' '}
          a month
        </Text>
      </Text>
      <span id={`plan-${plan.id}`}>
        <Text component="span" size="sm" c="dimmed" display="block">
          {plan.summary}
        </Text>
        <span className={styles.limits}>
          <Limit count={runsPerDay} text="pipeline runs a day" />
          <Limit count={runsPerMonth} text="pipeline runs a month" />
          <Limit count={runsAtOnce} text="at the same time" />
        </span>
      </span>
    </Radio.Card>
  )
}

function Limit({ count, text }: { count: number; text: string }) {
  return (
    <Text component="span" size="sm" display="block">
      <strong>{number.format(count)}</strong> {text}
    </Text>
  )
}
