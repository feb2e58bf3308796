'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import { TextInput } from '@mantine/core'
import { textOf } from '../draft-values.ts'
import { fieldId } from '../field-id.ts'
import { StepForm } from '../step-form.tsx'
import { StepFrame } from '../step-frame.tsx'
import { type StepFormParts, useStepForm } from '../use-step-form.ts'

type Values = { fullName: string; displayName: string; jobTitle: string; companyName: string }

const PARTS: StepFormParts<Values> = {
  step: 'profile',
  fields: ['fullName', 'displayName', 'jobTitle', 'companyName'],
  toValues: ({ fullName, displayName, jobTitle, companyName }) => ({
    fullName: textOf(fullName),
    displayName: textOf(displayName),
    jobTitle: textOf(jobTitle),
    companyName: textOf(companyName),
  }),
}

const FIELDS = [
  { name: 'fullName', autoComplete: 'name', required: true, description: undefined },
  { name: 'displayName', autoComplete: 'nickname', required: false, description: 'How your colleagues call you.' },
  { name: 'jobTitle', autoComplete: 'organization-title', required: false, description: undefined },
  { name: 'companyName', autoComplete: 'organization', required: true, description: undefined },
] as const

export function ProfileStep() {
  return (
    <StepFrame step="profile" fields={4} lead="Your colleagues see this next to what you do here.">
      <ProfileForm />
    </StepFrame>
  )
}

function ProfileForm() {
  const { form, controls } = useStepForm(PARTS)
  const { errors } = form.formState
  return (
    <StepForm controls={controls}>
      {FIELDS.map(({ name, autoComplete, required, description }) => (
        <TextInput
          key={name}
          id={fieldId('profile', name)}
          label={fieldLabel('profile', name)}
          description={description}
          autoComplete={autoComplete}
          withAsterisk={required}
          aria-required={required}
          error={errors[name]?.message}
          {...form.register(name)}
        />
      ))}
    </StepForm>
  )
}
