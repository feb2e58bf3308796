'use client'

import { CONTROL, type ManifestContent } from '@gangway/schemas/manifest'
import { LANGUAGES, type LanguageCode } from '@gangway/schemas/questionnaire'
import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { DraftContext } from './draft-context.ts'
import { stepsFor, withSteps } from './edit-steps.ts'
import { problemAt, type Problem } from './problems.ts'
import classes from './questions-editor.module.css'
import { StepEditor } from './step-editor.tsx'
import { StepList } from './step-list.tsx'
import { VariantsEditor } from './variants-editor.tsx'

interface QuestionsEditorProps {
  content: ManifestContent
  problems: readonly Problem[]
  onChange: (content: ManifestContent) => void
}

/** A draft as a form. */
export function QuestionsEditor({ content, problems, onChange }: QuestionsEditorProps) {
  const [language, setLanguage] = useState<LanguageCode>('en')
  const [variant, setVariant] = useState<string>(CONTROL)
  const [selected, setSelected] = useState(0)
  const context = useMemo(() => ({ language, problems }), [language, problems])
  const steps = stepsFor(content, variant)
  const own = content.variants.findIndex(({ id, steps }) => id === variant && steps)
  const path = own < 0 ? 'steps' : `variants.${own}.steps`
  const index = Math.min(selected, steps.length - 1)
  return (
    <DraftContext value={context}>
      <Stack gap="lg">
        <Group align="flex-start" gap="lg">
          <TextInput
            label="Name"
            value={content.name}
            onChange={(event) => onChange({ ...content, name: event.currentTarget.value })}
            error={problemAt(problems, 'name')}
          />
          <Checkbox.Group
            label="Languages"
            value={content.languages}
            onChange={(chosen) =>
              onChange({ ...content, languages: LANGUAGES.map(({ value }) => value).filter((code) => chosen.includes(code)) })
            }
            error={problemAt(problems, 'languages')}
          >
            <Group gap="md" mt={8}>
              {LANGUAGES.map(({ value, label }) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Group>
          </Checkbox.Group>
          <NativeSelect
            label="Texts in"
            data={LANGUAGES.filter(({ value }) => content.languages.includes(value) || value === 'en')}
            value={language}
            onChange={(event) => setLanguage(LANGUAGES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'en')}
          />
          {content.variants.length > 0 ? (
            <NativeSelect
              label="Steps of"
              data={content.variants.map(({ id }) => id)}
              value={variant}
              onChange={(event) => setVariant(event.currentTarget.value)}
            />
          ) : null}
        </Group>
        <div className={classes.columns}>
          <StepList
            steps={steps}
            path={path}
            selected={index}
            onSelect={setSelected}
            onChange={(next) => onChange(withSteps(content, variant, next))}
          />
          <StepEditor
            key={`${variant} ${index}`}
            steps={steps}
            index={index}
            path={path}
            onChange={(next) => onChange(withSteps(content, variant, next))}
          />
        </div>
        <VariantsEditor content={content} onChange={onChange} />
      </Stack>
    </DraftContext>
  )
}
