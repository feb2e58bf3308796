'use client'

import { PROVIDER_IDS, providerIdSchema, PROVIDERS } from '@gangway/schemas/integrations'
import { dayRangeSchema } from '@gangway/schemas/pipelines'
import { quotaExceededSchema } from '@gangway/schemas/quotas'
import { Anchor, Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import styles from './settings.module.css'
import { timeText } from './time-text.ts'

const CHOICES = PROVIDER_IDS.filter((id) => PROVIDERS[id].reports.usage).map((id) => ({ value: id, label: PROVIDERS[id].name }))

/** Starts a run: of the last seven days, or of those that are asked for. */
export function PipelineStart({ orgId, isManager }: { orgId: string; isManager: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.pipelines.pathFilter()),
      queryClient.invalidateQueries(trpc.quotas.pathFilter()),
    ])
  const start = useMutation(trpc.pipelines.start.mutationOptions({ onSettled }))
  const [provider, setProvider] = useState<string>(CHOICES[0]?.value ?? '')
  const [days, setDays] = useState({ from: '', to: '' })
  const isDefault = days.from === '' && days.to === ''
  const range = dayRangeSchema.safeParse(days)
  const rangeError = isDefault || range.success ? undefined : (range.error.issues[0]?.message ?? 'Give both days.')

  function submit(): void {
    const chosen = providerIdSchema.safeParse(provider)
    if (!chosen.success || rangeError) return
    start.mutate({ orgId, provider: chosen.data, pipeline: 'usage-sync', ...(range.success && { range: range.data }) })
  }

  return (
    <section aria-labelledby="start">
      <Title order={2} size="h3" id="start" mb="md">
        Sync now
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className={styles.form}>
          <NativeSelect
            label="Provider"
            data={CHOICES}
            value={provider}
            onChange={(event) => setProvider(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="From"
            value={days.from}
            onChange={({ currentTarget: { value } }) => setDays((before) => ({ ...before, from: value }))}
          />
          <TextInput
            type="date"
            label="To"
            value={days.to}
            onChange={({ currentTarget: { value } }) => setDays((before) => ({ ...before, to: value }))}
          />
          <Button type="submit" loading={start.isPending}>
            Start
          </Button>
        </div>
        <Text size="sm" c={rangeError ? 'red' : 'dimmed'} mt="xs" role="status">
          {rangeError ?? (isDefault ? 'Without days, the last seven that are over.' : '')}
        </Text>
      </form>
      {start.error && <StartProblem error={start.error} isManager={isManager} />}
    </section>
  )
}

function StartProblem({ error, isManager }: { error: unknown; isManager: boolean }) {
  const problem = problemOf(error)
  const exceeded = quotaExceededSchema.safeParse(problem.details)
  return (
    <Group mt="sm" grow>
      <ProblemAlert problem={problem}>
        {exceeded.success && <Text size="sm">There is a place again by {timeText(exceeded.data.resetsAt)}.</Text>}
        {problem.code === 'INTEGRATION_NOT_FOUND' && isManager && (
          <Anchor component={Link} href={paths.integrations()} size="sm">
            Connect it
          </Anchor>
        )}
      </ProblemAlert>
    </Group>
  )
}
