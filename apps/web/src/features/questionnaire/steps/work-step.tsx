'use client'

import { EXPERIENCE, FUNCTIONS, INTENTS, ROLES, TEAMS } from '@gangway/schemas/questionnaire'
import { useEffect, useState } from 'react'
import { answers } from '../answers.ts'
import { choiceOf, listOf } from '../draft-values.ts'
import { CheckboxField } from '../checkbox-field.tsx'
import { ChoiceField } from '../choice-field.tsx'
import { StepForm } from '../step-form.tsx'
import { StepFrame } from '../step-frame.tsx'
import { browserTimezone, timezones } from '../timezones.ts'
import { type StepFormParts, useStepForm } from '../use-step-form.ts'
import { useWizard } from '../wizard-context.ts'

type Values = {
  role: string | null
  timezone: string | null
  team: string | null
  experience: string | null
  functions: string[]
  intents: string[]
}

const PARTS: StepFormParts<Values> = {
  step: 'work',
  fields: ['role', 'timezone', 'team', 'experience', 'functions', 'intents'],
  toValues: ({ role, timezone, team, experience, functions, intents }) => ({
    role: choiceOf(role),
    timezone: choiceOf(timezone),
    team: choiceOf(team),
    experience: choiceOf(experience),
    functions: listOf(functions),
    intents: listOf(intents),
  }),
}

export function WorkStep() {
  return (
    <StepFrame step="work" fields={6} lead="It decides what we show you first.">
      <WorkForm />
    </StepFrame>
  )
}

function WorkForm() {
  const { form, controls } = useStepForm(PARTS)
  const { engine } = useWizard()
  const [zones] = useState(timezones)
  useEffect(() => {
    if (answers.store.getState().answers.work?.['timezone']) return
    answers.edit('work', { timezone: browserTimezone() })
    engine.edited('work')
  }, [engine])
  return (
    <StepForm controls={controls}>
      <ChoiceField step="work" name="role" control={form.control} options={ROLES} required />
      <ChoiceField step="work" name="timezone" control={form.control} options={zones} required />
      <ChoiceField step="work" name="team" control={form.control} options={TEAMS} />
      <ChoiceField step="work" name="experience" control={form.control} options={EXPERIENCE} />
      <CheckboxField step="work" name="functions" control={form.control} options={FUNCTIONS} />
      <CheckboxField step="work" name="intents" control={form.control} options={INTENTS} />
    </StepForm>
  )
}
