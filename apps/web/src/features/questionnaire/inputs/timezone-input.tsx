'use client'

import { useEffect, useState } from 'react'
import { answers } from '../answers.ts'
import { browserTimezone, timezones } from '../timezones.ts'
import { useWizard } from '../wizard-context.ts'
import { ChoiceInput } from './choice-input.tsx'
import type { QuestionProps } from './question-props.ts'

/** A time zone: the browser's own, until somebody chooses another. */
export function TimezoneInput(props: QuestionProps) {
  const { step } = props
  const { name } = props.field
  const { engine } = useWizard()
  const [zones] = useState(timezones)
  useEffect(() => {
    if (answers.store.getState().answers[step]?.[name]) return
    answers.edit(step, { [name]: browserTimezone() })
    engine.edited(step)
  }, [engine, step, name])
  return <ChoiceInput {...props} groups={zones} />
}
