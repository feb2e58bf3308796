'use client'

import type { StepIssue } from '@gangway/schemas/questionnaire'
import { Alert, Anchor } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { focusField } from '../questionnaire/focus-field.ts'
import { useWords } from '../words/words.ts'
import styles from './hand-off-frame.module.css'

interface MissingAnswersProps {
  issues: readonly StepIssue[]
  idOf: (field: string) => string
}

/** Takes the focus when there is something new in it; each line leads to its field. */
export function MissingAnswers({ issues, idOf }: MissingAnswersProps) {
  const box = useRef<HTMLDivElement>(null)
  const words = useWords()
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
        {issues.map(({ field, message }) => (
          <li key={`${field}.${message}`}>
            <Anchor size="sm" href={`#${idOf(field)}`} onClick={(event) => focusField(idOf(field)) && event.preventDefault()}>
              {message}
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
