'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { useController } from 'react-hook-form'
import { browserTimezone, timezones } from '../timezones.ts'
import { ChoiceInput } from './choice-input.tsx'
import type { QuestionProps } from './question-props.ts'

/** A time zone: the browser's own, until somebody chooses another. */
export function TimezoneInput(props: QuestionProps) {
  const { control, field } = props
  const { field: input } = useController({ name: field.name, control })
  const [zones] = useState(timezones)
  const prefill = useEffectEvent(() => {
    if (!input.value) input.onChange(browserTimezone())
  })
  useEffect(() => {
    // The form around it follows what is typed by an effect of its own, which runs after this one.
    queueMicrotask(prefill)
  }, [])
  return <ChoiceInput {...props} groups={zones} />
}
