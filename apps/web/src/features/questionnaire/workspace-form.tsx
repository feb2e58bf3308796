'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import type { ManifestStep } from '@gangway/schemas/manifest'
import { suggestSlug } from '@gangway/schemas/slug'
import { Radio, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTRPC } from '../../trpc/client.ts'
import { SlugField } from '../slug/slug-field.tsx'
import { useSlugCheck } from '../slug/use-slug-check.ts'
import { useWords } from '../words/words.ts'
import { answers } from './answers.ts'
import { textOf } from './draft-values.ts'
import { fieldId } from './field-id.ts'
import type { SaveEngine } from './save-engine.ts'
import { StepForm } from './step-form.tsx'
import { useStepForm } from './use-step-form.ts'
import { useWizard } from './wizard-context.ts'

/** Until somebody chooses otherwise: a workspace of one's own, named after the company. */
function prefill(engine: SaveEngine): void {
  const { profile, workspace } = answers.store.getState().answers
  if (workspace?.['mode']) return
  const name = textOf(workspace?.['name']) || textOf(profile?.['companyName'])
  answers.edit('workspace', { mode: 'create', name, slug: textOf(workspace?.['slug']) || suggestSlug(name) })
  engine.edited('workspace')
}

/** The step that makes a workspace, or joins one. */
export function WorkspaceForm({ step }: { step: ManifestStep }) {
  const { engine, questions } = useWizard()
  const { labels } = questions
  const words = useWords()
  const { form, controls } = useStepForm(step)
  const trpc = useTRPC()
  const { data: organizations = [] } = useQuery(trpc.organizations.mine.queryOptions())
  const [mode, ...texts] = useWatch({ control: form.control, name: ['mode', 'name', 'slug'] })
  const [name = '', slug = ''] = texts.map(textOf)
  // Somebody who paid first has this slug already.
  const verdict = useSlugCheck(
    mode === 'create' ? slug : '',
    organizations.map((organization) => organization.slug),
  )
  const { errors } = form.formState
  useEffect(() => prefill(engine), [engine])

  /** The slug follows the name until somebody changes it by hand. */
  function follow(next: string): void {
    if (slug === '' || slug === suggestSlug(name)) form.setValue('slug', suggestSlug(next), { shouldValidate: true })
  }

  return (
    <StepForm controls={controls} isBlocked={verdict.kind === 'taken'}>
      <Controller
        name="mode"
        control={form.control}
        render={({ field, fieldState }) => (
          <Radio.Group
            id={fieldId('workspace', 'mode')}
            label={fieldLabel('workspace', 'mode', labels)}
            value={textOf(field.value)}
            onChange={field.onChange}
            error={fieldState.error?.message}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="create" label={words.createWorkspace} onBlur={field.onBlur} />
              <Radio value="join" label={words.joinWorkspace} onBlur={field.onBlur} />
            </Stack>
          </Radio.Group>
        )}
      />
      {mode === 'create' && (
        <>
          <TextInput
            id={fieldId('workspace', 'name')}
            label={fieldLabel('workspace', 'name', labels)}
            autoComplete="organization"
            withAsterisk
            aria-required
            error={errors['name']?.message}
            {...form.register('name', { onChange: (event: { target: { value: string } }) => follow(event.target.value) })}
          />
          <SlugField
            id={fieldId('workspace', 'slug')}
            slug={slug}
            verdict={verdict}
            withAsterisk
            aria-required
            error={errors['slug']?.message}
            {...form.register('slug')}
          />
        </>
      )}
      {mode === 'join' && (
        <TextInput
          id={fieldId('workspace', 'inviteCode')}
          label={fieldLabel('workspace', 'inviteCode', labels)}
          description={words.inviteHelp}
          autoComplete="off"
          withAsterisk
          aria-required
          error={errors['inviteCode']?.message}
          {...form.register('inviteCode')}
        />
      )}
    </StepForm>
  )
}
