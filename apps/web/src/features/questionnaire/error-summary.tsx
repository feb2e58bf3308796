'use client'

import { fieldLabel, stepLabel } from '@gangway/schemas/answer-labels'
import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { Alert, Anchor } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { paths } from '../../paths.ts'
import { useWords } from '../words/words.ts'
import styles from './error-summary.module.css'
import { fieldId } from './field-id.ts'
import { focusField } from './focus-field.ts'
import { useWizard } from './wizard-context.ts'

/** Takes the focus when there is something new in it; each line leads to its field. */
export function ErrorSummary({ step, issues }: { step: StepId; issues: readonly StepIssue[] }) {
  const { labels } = useWizard().questions
  const words = useWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (issues.length > 0) box.current?.focus()
  }, [issues])
  if (issues.length === 0) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color="red"
      mb="lg"
      icon={<IconAlertCircle aria-hidden />}
      title={words.attention(issues.length)}
    >
      <ul className={styles.list}>
        {issues.map((issue) => (
          <li key={`${issue.step}.${issue.field}.${issue.message}`}>
            {issue.step === step ? (
              <Anchor
                size="sm"
                href={`#${fieldId(step, issue.field)}`}
                onClick={(event) => focusField(fieldId(step, issue.field)) && event.preventDefault()}
              >
                {named(fieldLabel(step, issue.field.split('.')[0] ?? '', labels))} {issue.message}
              </Anchor>
            ) : (
              <Anchor size="sm" component={Link} href={paths.step(issue.step)}>
                {named(stepLabel(issue.step, labels))} {issue.message}
              </Anchor>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** A label may be a question, or a word. */
function named(label: string): string {
  return /[?!.:]$/.test(label) ? label : `${label}:`
}
