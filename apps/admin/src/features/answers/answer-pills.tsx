'use client'

import type { AnswerFilter } from '@gangway/schemas/answers'
import { CloseButton } from '@mantine/core'
import classes from './more-filters.module.css'
import { questionLabel, valueLabel } from './questions.ts'

interface AnswerPillsProps {
  answers: readonly AnswerFilter[]
  onChange: (answers: AnswerFilter[]) => void
}

/** The given answers that are asked for; all of them have to hold. */
export function AnswerPills({ answers, onChange }: AnswerPillsProps) {
  if (answers.length === 0) return null
  return (
    <ul aria-label="Answers asked for" className={classes.pills}>
      {answers.map((answer) => {
        const text = `${questionLabel(answer.step, answer.field)}: ${valueLabel(answer)}`
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
