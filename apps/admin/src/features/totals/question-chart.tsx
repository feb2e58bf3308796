'use client'

import { Button, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId } from 'react'
import { questionLabel, valueLabel } from '../answers/questions.ts'
import { useLabels } from '../answers/use-labels.ts'
import { BarRow } from './bar-row.tsx'
import type { Question } from './bars.ts'
import classes from './question-chart.module.css'

/** Of questions that take any text, hardly more than these say something. */
const FIRST = 8

interface QuestionChartProps {
  question: Question
  isCompared: boolean
  /** Where the people behind an answer are; null where they cannot be asked for. */
  href: (value: string) => string | null
}

/** How often each answer of a question was given: bars, with their numbers beside them. */
export function QuestionChart({ question: { step, field, bars, more }, isCompared, href }: QuestionChartProps) {
  const [isWhole, { toggle }] = useDisclosure(false)
  const headingId = useId()
  const labels = useLabels()
  const shown = isWhole ? bars : bars.slice(0, FIRST)
  const longest = Math.max(...bars.flatMap(({ now, before }) => [now?.share ?? 0, before?.share ?? 0]))
  const allDiffer = more && bars.every(({ now }) => (now?.total ?? 0) <= 1)
  return (
    <article className={classes.chart} aria-labelledby={headingId}>
      <Title order={3} size="h6" id={headingId}>
        {questionLabel({ step, field }, labels)}
      </Title>
      {allDiffer ? (
        <Text size="sm" c="dimmed">
          Everybody gave another answer.
        </Text>
      ) : (
        <table aria-labelledby={headingId} className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">{isCompared ? 'Now' : 'People'}</th>
              {isCompared ? <th scope="col">Before</th> : null}
              <th scope="col">{isCompared ? 'Difference' : 'Share'}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((bar) => (
              <BarRow
                key={bar.value}
                label={valueLabel({ step, field, value: bar.value }, labels)}
                {...{ bar, longest }}
                href={href(bar.value)}
              />
            ))}
          </tbody>
        </table>
      )}
      {allDiffer ? null : (
        <div className={classes.foot}>
          {bars.length > FIRST ? (
            <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={isWhole} onClick={toggle}>
              {isWhole ? 'Show fewer' : `Show ${bars.length - FIRST} more`}
            </Button>
          ) : null}
          {more && (isWhole || bars.length <= FIRST) ? (
            <Text size="xs" c="dimmed">
              There are other answers, given less often.
            </Text>
          ) : null}
        </div>
      )}
    </article>
  )
}
