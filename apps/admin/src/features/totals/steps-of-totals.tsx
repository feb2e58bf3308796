'use client'

import { stepLabel } from '@gangway/schemas/answer-labels'
import { Skeleton, Stack, Title } from '@mantine/core'
import { useLabels } from '../answers/use-labels.ts'
import { type Compared, questionsOf } from './bars.ts'
import { QuestionChart } from './question-chart.tsx'
import classes from './question-chart.module.css'

interface StepsOfTotalsProps extends Compared {
  href: (step: string, field: string, value: string) => string | null
}

/** The charts of all questions, step by step. */
export function StepsOfTotals({ now, before, href }: StepsOfTotalsProps) {
  const labels = useLabels()
  const steps = Map.groupBy(questionsOf({ now, before }, labels), ({ step }) => step)
  return [...steps].map(([step, questions]) => (
    <Stack key={step} component="section" gap="md">
      <Title order={2} size="h4">
        {stepLabel(step, labels)}
      </Title>
      <div className={classes.questions}>
        {questions.map((question) => (
          <QuestionChart
            key={question.field}
            question={question}
            isCompared={before !== undefined}
            href={(value) => href(step, question.field, value)}
          />
        ))}
      </div>
    </Stack>
  ))
}

const CHARTS = [6, 8, 5, 3]

/** As long as charts of the usual questionnaire, so that nothing jumps. */
export function TotalsSkeleton() {
  return (
    <div className={classes.questions} aria-hidden>
      {CHARTS.map((rows) => (
        <Stack key={rows} gap="sm">
          <Skeleton h={14} w={120} />
          <Skeleton h={rows * 36} />
        </Stack>
      ))}
    </div>
  )
}
