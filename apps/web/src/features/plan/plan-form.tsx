'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { createCheckoutInputSchema } from '@gangway/schemas/checkout'
import { PLAN_IDS, PLANS, planIdSchema } from '@gangway/schemas/plans'
import { Button, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useReturn } from '../shell/use-return.ts'
import { SlugField } from '../slug/slug-field.tsx'
import { useSlugCheck } from '../slug/use-slug-check.ts'
import { PlanCard } from './plan-card.tsx'
import styles from './plan-form.module.css'
import type { SuggestedOrder } from './suggested-order.ts'

const SLUG_CODES = ['SLUG_TAKEN', 'SLUG_INVALID']

export function PlanForm({ suggested }: { suggested: SuggestedOrder }) {
  const create = useMutation(useTRPC().checkout.create.mutationOptions())
  useReturn(create.reset)
  const form = useForm({
    resolver: zodResolver(createCheckoutInputSchema),
    defaultValues: { plan: PLANS.PROFESSIONAL.id, ...suggested },
    mode: 'onTouched',
  })
  const [plan, slug] = useWatch({ control: form.control, name: ['plan', 'slug'] })
  const verdict = useSlugCheck(slug)
  const { errors } = form.formState
  const problem = create.isError ? problemOf(create.error) : null
  const isSlugProblem = problem !== null && SLUG_CODES.includes(problem.code)

  const submit = form.handleSubmit((order) => {
    if (verdict.kind === 'taken') return form.setFocus('slug')
    create.mutate(order, {
      onSuccess: ({ url }) => window.location.assign(url),
      onError: (error) => {
        const { code, message } = problemOf(error)
        if (SLUG_CODES.includes(code)) form.setError('slug', { type: 'server', message }, { shouldFocus: true })
      },
    })
  })

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xl">
        <Controller
          name="plan"
          control={form.control}
          render={({ field }) => (
            <Radio.Group
              label="Plan"
              labelProps={{ className: styles.label }}
              value={field.value}
              onChange={(value) => field.onChange(planIdSchema.parse(value))}
            >
              <div className={styles.plans}>
                {PLAN_IDS.map((id) => (
                  <PlanCard key={id} plan={PLANS[id]} />
                ))}
              </div>
            </Radio.Group>
          )}
        />
        <Stack className={styles.who}>
          <TextInput
            label="Company"
            autoComplete="organization"
            error={errors.companyName?.message}
            {...form.register('companyName')}
          />
          <SlugField slug={slug} verdict={verdict} error={errors.slug?.message} {...form.register('slug')} />
        </Stack>
        {problem && !isSlugProblem && <ProblemAlert problem={problem} />}
        <div className={styles.end}>
          <Button type="submit" size="md" loading={create.isPending || create.isSuccess}>
            Continue to payment
          </Button>
          <Text size="sm" c="dimmed">
            {PLANS[plan].name}, billed monthly.
          </Text>
        </div>
      </Stack>
    </form>
  )
}
