'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import { LANGUAGES, THEMES } from '@gangway/schemas/questionnaire'
import { Stack, Switch, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { choiceOf, flagOf } from '../draft-values.ts'
import { ChoiceField } from '../choice-field.tsx'
import { fieldId } from '../field-id.ts'
import { StepForm } from '../step-form.tsx'
import { StepFrame } from '../step-frame.tsx'
import { type StepFormParts, useStepForm } from '../use-step-form.ts'

type Values = { theme: string | null; language: string | null; productNews: boolean; weeklyDigest: boolean }

const PARTS: StepFormParts<Values> = {
  step: 'preferences',
  fields: ['theme', 'language', 'productNews', 'weeklyDigest'],
  toValues: ({ theme, language, productNews, weeklyDigest }) => ({
    theme: choiceOf(theme),
    language: choiceOf(language),
    productNews: flagOf(productNews),
    weeklyDigest: flagOf(weeklyDigest),
  }),
}

const SCHEMES = { system: 'auto', light: 'light', dark: 'dark' } as const

export function PreferencesStep() {
  return (
    <StepFrame step="preferences" fields={4} lead="You can change all of this later.">
      <PreferencesForm />
    </StepFrame>
  )
}

function PreferencesForm() {
  const { form, controls } = useStepForm(PARTS)
  const { setColorScheme } = useMantineColorScheme()
  useEffect(
    () =>
      form.subscribe({
        name: 'theme',
        formState: { values: true },
        callback({ values: { theme }, name }) {
          // Chosen here, not merely there: opening the step changes nothing.
          if (name === 'theme' && (theme === 'system' || theme === 'light' || theme === 'dark')) setColorScheme(SCHEMES[theme])
        },
      }),
    [form, setColorScheme],
  )
  return (
    <StepForm controls={controls}>
      <ChoiceField step="preferences" name="theme" control={form.control} options={THEMES} />
      <ChoiceField step="preferences" name="language" control={form.control} options={LANGUAGES} />
      <Stack gap="sm">
        <Switch
          id={fieldId('preferences', 'productNews')}
          label={fieldLabel('preferences', 'productNews')}
          description="What is new, about once a month."
          {...form.register('productNews')}
        />
        <Switch
          id={fieldId('preferences', 'weeklyDigest')}
          label={fieldLabel('preferences', 'weeklyDigest')}
          description="What your workspace did, every Monday."
          {...form.register('weeklyDigest')}
        />
      </Stack>
    </StepForm>
  )
}
