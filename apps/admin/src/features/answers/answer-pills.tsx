'use client'

import type { AnswerFilter } from '@gangway/schemas/answers'
import { CloseButton } from '@mantine/core'
import classes from './more-filters.module.css'
import { questionLabel, valueLabel } from './questions.ts'
import { useLabels } from './use-labels.ts'

interface AnswerPillsProps {
  answers: readonly AnswerFilter[]
  onChange: (answers: AnswerFilter[]) => void
}

/** The given answers that are asked for; all of them have to hold. */
export function AnswerPills({ answers, onChange }: AnswerPillsProps) {
  const labels = useLabels()
  if (answers.length === 0) return null
  return (
    <ul aria-label="Answers asked for" className={classes.pills}>
      {answers.map((answer) => {
        const text = `${questionLabel(answer, labels)}: ${valueLabel(answer, labels)}`
        return (
          <li key={`${answer.step}.${answer.field}=${answer.value}`} className={classes.pill}>
            {text}
            <CloseButton
              size="sm"
              aria-label={`Remove ${text}`}
              onClick={() => onChange(answers.filter((other) => other !== answer))}
            />
          </li>
        )
      })}
    </ul>
  )
}
