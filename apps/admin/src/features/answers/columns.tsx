import { type AnswerLabels, answerTexts } from '@gangway/schemas/answer-labels'
import type { Snapshot } from '@gangway/schemas/answers'
import { PLANS } from '@gangway/schemas/plans'
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Absent, type Column } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import classes from './columns.module.css'
import { questionsOf } from './questions.ts'

interface AnswersColumn {
  id: string
  heading: string
  /** What it stands under where columns are chosen. */
  group: string
  /** Its width, in parts of the table's. */
  weight: number
  cell: (row: Snapshot) => ReactNode
}

const PERSON: AnswersColumn = {
  ...{ id: 'person', heading: 'Person', group: 'Completion', weight: 29 },
  cell: (row) => <OneLine text={row.email} />,
}

const ofCompletion = (labels: AnswerLabels): readonly AnswersColumn[] => [
  { id: 'company', heading: 'Company', group: 'Completion', weight: 18, cell: (row) => row.company ?? <Absent /> },
  {
    ...{ id: 'role', heading: 'Role', group: 'Completion', weight: 13 },
    cell: (row) => (row.role ? answerTexts({ step: 'work', field: 'role', value: row.role }, labels) : <Absent />),
  },
  {
    ...{ id: 'org', heading: 'Organization', group: 'Completion', weight: 22 },
    cell: (row) => (row.orgSlug ? <Name text={row.orgSlug} /> : <Absent />),
  },
  {
    ...{ id: 'plan', heading: 'Plan', group: 'Completion', weight: 12 },
    cell: (row) => (row.plan ? PLANS[row.plan].name : <Absent />),
  },
  { id: 'variant', heading: 'Variant', group: 'Completion', weight: 12, cell: (row) => <Name text={row.variant} /> },
  { id: 'version', heading: 'Schema version', group: 'Completion', weight: 10, cell: (row) => row.answerSchemaVersion },
  { id: 'completed', heading: 'Completed', group: 'Completion', weight: 18, cell: (row) => <Moment at={row.completedAt} /> },
]

/** What is a column of the completion's own is not offered twice. */
const OWN = ['work.role', 'profile.companyName']

/** Columns that can be chosen, in the order in which they stand; the person's always shows. No two have one heading. */
export function choosable(labels: AnswerLabels): readonly AnswersColumn[] {
  const questions = questionsOf(labels).filter(({ id }) => !OWN.includes(id))
  const own = ofCompletion(labels)
  const headings = [PERSON, ...own].map(({ heading }) => heading).concat(questions.map(({ label }) => label))
  const ofAnswers = questions.map(({ id, step, field, stepLabel, label }) => ({
    ...{ id, group: stepLabel, weight: 18 },
    heading: headings.indexOf(label) === headings.lastIndexOf(label) ? label : `${label} (${id})`,
    cell: (row: Snapshot) => {
      const parts = answerTexts({ step, field, value: row.answers[step]?.[field] }, labels)
      return parts.length > 0 ? <span className={classes.answer}>{parts.join(', ')}</span> : <Absent />
    },
  }))
  return [...own, ...ofAnswers]
}

export const DEFAULT_COLUMNS: readonly string[] = ['company', 'role', 'org', 'completed']
/** More would leave no room for what is in them. */
export const MOST_COLUMNS = 7

/** The chosen columns, which share the table's width by their weights. */
export function columnsFor(chosen: readonly string[], labels: AnswerLabels): Column<Snapshot>[] {
  const columns = [
    PERSON,
    ...choosable(labels)
      .filter(({ id }) => chosen.includes(id))
      .slice(0, MOST_COLUMNS),
  ]
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0)
  return columns.map(({ heading, weight, cell }) => ({ heading, cell, width: `${Math.round((weight / whole) * 100)}%` }))
}

function Name({ text }: { text: string }) {
  return (
    <Text span size="xs" ff="monospace">
      <OneLine text={text} />
    </Text>
  )
}

/** As much of it as there is room for, and all of it to whoever points at it. */
function OneLine({ text }: { text: string }) {
  return (
    <span className={classes.line} title={text}>
      {text}
    </span>
  )
}
