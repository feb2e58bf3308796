'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { chooseSlugInputSchema, type RunFailure, type RunView } from '@gangway/schemas/provisioning'
import { Button, Paper, Stack, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SlugField } from '../slug/slug-field.tsx'
import { useSlugCheck } from '../slug/use-slug-check.ts'

interface SlugChoiceProps {
  checkoutSessionId: string
  failure: RunFailure
  onAnswer: (view: RunView) => void
}

/** Somebody else got the slug while this person was paying. Another one, and the run goes on. */
export function SlugChoice({ checkoutSessionId, failure, onAnswer }: SlugChoiceProps) {
  const choose = useMutation(useTRPC().provisioning.chooseSlug.mutationOptions({ onSuccess: onAnswer }))
  const form = useForm({
    resolver: zodResolver(chooseSlugInputSchema),
    defaultValues: { checkoutSessionId, slug: '' },
    mode: 'onTouched',
  })
  const slug = useWatch({ control: form.control, name: 'slug' })
  const verdict = useSlugCheck(slug)
  const submit = form.handleSubmit((choice) => {
    if (verdict.kind === 'taken') form.setFocus('slug')
    else choose.mutate(choice)
  })
  return (
    <Paper component="section" aria-labelledby="choose-slug" withBorder p="xl">
      <Title order={2} size="h3" id="choose-slug" mb="md">
        Choose another name
      </Title>
      <form onSubmit={submit} noValidate>
        <Stack>
          <ProblemAlert problem={choose.isError ? problemOf(choose.error) : failure} />
          <SlugField slug={slug} verdict={verdict} error={form.formState.errors.slug?.message} {...form.register('slug')} />
          <Button type="submit" loading={choose.isPending} style={{ alignSelf: 'start' }}>
            Use this name and go on
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
