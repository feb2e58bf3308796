'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import { TOOLS } from '@gangway/schemas/questionnaire'
import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { listOf } from '../draft-values.ts'
import { fieldId } from '../field-id.ts'
import { LIST_IN_PLACE } from '../list-in-place.ts'
import { StepForm } from '../step-form.tsx'
import { StepFrame } from '../step-frame.tsx'
import { type StepFormParts, useStepForm } from '../use-step-form.ts'

type Values = { tools: string[] }

const PARTS: StepFormParts<Values> = {
  step: 'tools',
  fields: ['tools'],
  toValues: ({ tools }) => ({ tools: listOf(tools) }),
}

export function ToolsStep() {
  return (
    <StepFrame step="tools" fields={1} lead="We suggest integrations that fit.">
      <ToolsForm />
    </StepFrame>
  )
}

function ToolsForm() {
  const { form, controls } = useStepForm(PARTS)
  // Closed after each choice: an open list would lie over the button that comes next.
  const [isOpen, setOpen] = useState(false)
  return (
    <StepForm controls={controls}>
      <Controller
        name="tools"
        control={form.control}
        render={({ field, fieldState }) => (
          <TagsInput
            {...field}
            onChange={(tools) => {
              field.onChange(tools)
              setOpen(false)
            }}
            dropdownOpened={isOpen}
            onDropdownOpen={() => setOpen(true)}
            onDropdownClose={() => setOpen(false)}
            id={fieldId('tools', 'tools')}
            label={fieldLabel('tools', 'tools')}
            description="Choose from the list, or type a name and press Enter."
            data={[...TOOLS]}
            maxTags={50}
            {...LIST_IN_PLACE}
            acceptValueOnBlur
            clearable
            clearButtonProps={{ 'aria-label': 'Remove all tools' }}
            error={fieldState.error?.message}
          />
        )}
      />
    </StepForm>
  )
}
