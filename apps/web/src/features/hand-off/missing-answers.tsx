'use client'

import type { StepIssue } from '@gangway/schemas/questionnaire'
import { Alert, Anchor } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
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
            <Anchor size="sm" href={`#${idOf(field)}`} onClick={(event) => focusField(event, idOf(field))}>
              {message}
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** Groups of choices have no element of that id that can be focused: their first one is. */
function focusField(event: React.MouseEvent, id: string): void {
  const field = document.getElementById(id)
  if (!field) return
  event.preventDefault()
  const target = field.matches('input, select, textarea') ? field : field.querySelector<HTMLElement>('input, select, textarea')
  target?.focus()
}
