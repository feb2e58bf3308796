'use client'

import { STEPS, type StepId } from '@gangway/schemas/questionnaire'
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { ConflictPanel } from './conflict-panel.tsx'
import { useWizard } from './wizard-context.ts'

interface StepFrameProps {
  step: StepId
  /** How many fields the skeleton stands for. */
  fields: number
  lead?: string
  children: ReactNode
}

export function StepFrame({ step, fields, lead, children }: StepFrameProps) {
  const { session, issues } = useWizard()
  const heading = useRef<HTMLHeadingElement>(null)
  const index = STEPS.findIndex(({ id }) => id === step)
  const { title, question } = STEPS[index] ?? { title: '', question: '' }

  const focusHeading = useEffectEvent(() => {
    // A summary of what is missing takes the focus instead.
    if (issues.length === 0) heading.current?.focus({ preventScroll: true })
  })
  useEffect(() => focusHeading(), [])

  return (
    <section>
      <Text size="sm" c="dimmed" fw={500}>
        Step {index + 1} of {STEPS.length}: {title}
      </Text>
      <Title order={1} size="h2" mt={4} ref={heading} tabIndex={-1}>
        {question}
      </Title>
      <Text c="dimmed" mt={6} mb="xl">
        {lead}
      </Text>
      {session ? (
        <>
          <ConflictPanel />
          {children}
        </>
      ) : (
        <Stack gap="lg" aria-hidden>
          {Array.from({ length: fields }, (_, row) => (
            <div key={row}>
              <Skeleton height={14} width={120} mb={8} />
              <Skeleton height={36} />
            </div>
          ))}
        </Stack>
      )}
    </section>
  )
}
