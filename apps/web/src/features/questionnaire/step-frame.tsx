'use client'

import { type ManifestStep, textIn } from '@gangway/schemas/manifest'
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useWords } from '../words/words.ts'
import { ConflictPanel } from './conflict-panel.tsx'
import styles from './step-frame.module.css'
import { stepTitle } from './step-metadata.ts'
import { useWizard } from './wizard-context.ts'

interface StepFrameProps {
  /** Undefined where nothing of this name is asked: the guard leads away. */
  step: ManifestStep | undefined
  isKnown: boolean
  children: ReactNode
}

export function StepFrame({ step, isKnown, children }: StepFrameProps) {
  const { session, issues, questions } = useWizard()
  const heading = useRef<HTMLHeadingElement>(null)
  const { language } = questions
  const words = useWords()

  const focusHeading = useEffectEvent(() => {
    // A summary of what is missing takes the focus instead.
    if (issues.length === 0) heading.current?.focus({ preventScroll: true })
  })
  useEffect(() => focusHeading(), [])

  // What is asked may not be what is built in: until it is known, a line stands in for each text.
  const text = (value: string) => (isKnown && step ? value : <Waiting text={value || '…'} />)
  return (
    <section lang={isKnown && language !== 'en' ? language : undefined}>
      <Text size="sm" c="dimmed" fw={500}>
        {text(step ? stepTitle(step.id, questions, words) : '')}
      </Text>
      <Title order={1} size="h2" mt={4} ref={heading} tabIndex={-1}>
        {text(textIn(step?.question, language))}
      </Title>
      <Text c="dimmed" mt={6} mb="xl" mih="1.55em">
        {text(textIn(step?.lead, language))}
      </Text>
      {session ? (
        <>
          <ConflictPanel />
          {children}
        </>
      ) : (
        <StepSkeleton fields={step?.fields.length || 3} />
      )}
    </section>
  )
}

function Waiting({ text }: { text: string }) {
  return (
    <span className={styles.waiting} aria-hidden>
      <span>{text}</span>
      <Skeleton component="span" display="block" height="0.7em" />
    </span>
  )
}

export function StepSkeleton({ fields }: { fields: number }) {
  return (
    <Stack gap="lg" aria-hidden>
      {Array.from({ length: fields }, (_, row) => (
        <div key={row}>
          <Skeleton height={14} width={120} mb={8} />
          <Skeleton height={36} />
        </div>
      ))}
    </Stack>
  )
}
