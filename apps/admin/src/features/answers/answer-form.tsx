'use client'

import type { AnswerFilter } from '@gangway/schemas/answers'
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './more-filters.module.css'
import { MOST_ANSWERS } from './people-query.ts'
import { groupedQuestions, questionsOf } from './questions.ts'
import { useLabels } from './use-labels.ts'

interface AnswerFormProps {
  /** Those that are asked for already. */
  answers: readonly AnswerFilter[]
  onAdd: (answer: AnswerFilter) => void
}

/** Adds a given answer to the filter. */
export function AnswerForm({ answers, onAdd }: AnswerFormProps) {
  const [questionId, setQuestionId] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const questions = questionsOf(useLabels())
  const question = questions.find(({ id }) => id === questionId)
  const isFull = answers.length >= MOST_ANSWERS
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!question || !value.trim() || isFull) return
    const { step, field } = question
    const added = { step, field, value: value.trim() }
    setValue('')
    if (!answers.some((answer) => answer.step === step && answer.field === field && answer.value === added.value)) onAdd(added)
  }
  return (
    <form className={classes.answer} onSubmit={add}>
      <Select
        label="Question"
        placeholder="Any question"
        data={groupedQuestions(questions)}
        value={questionId}
        onChange={(id) => {
          setQuestionId(id)
          setValue('')
        }}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear question' }}
        nothingFoundMessage="No such question"
        comboboxProps={{ withinPortal: false }}
      />
      {question && question.options.length > 0 ? (
        <Select
          key={question.id}
          label="Answer"
          placeholder="Choose an answer"
          data={question.options}
          value={value || null}
          onChange={(chosen) => setValue(chosen ?? '')}
          searchable
          nothingFoundMessage="No such answer"
          comboboxProps={{ withinPortal: false }}
        />
      ) : (
        <TextInput
          label="Answer"
          placeholder={question ? 'Exactly as it was given' : 'Choose a question first'}
          maxLength={2000}
          disabled={!question}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="default" className={classes.add} disabled={!question || !value.trim() || isFull}>
        {isFull ? `At most ${MOST_ANSWERS} answers` : 'Add this answer'}
      </Button>
    </form>
  )
}
