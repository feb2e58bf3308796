'use client'

import { type ProviderId, PROVIDERS, providerKeySchema } from '@gangway/schemas/integrations'
import { zodResolver } from '@hookform/resolvers/zod'
import { Anchor, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { useIntegrations } from './use-integrations.ts'

export type IntegrationDialogName = 'connect' | 'remove'

interface IntegrationDialogProps {
  name: IntegrationDialogName
  orgId: string
  provider: ProviderId
  onClose: () => void
}

export function IntegrationDialog({ name, ...props }: IntegrationDialogProps) {
  const provider = PROVIDERS[props.provider].name
  const titles = { connect: `Connect ${provider}`, remove: `Remove ${provider}` }
  const Inside = { connect: Connect, remove: Remove }[name]
  return (
    <SettingsDialog title={titles[name]} onClose={props.onClose}>
      <Inside {...props} />
    </SettingsDialog>
  )
}

type InsideProps = Omit<IntegrationDialogProps, 'name'>

const formSchema = z.object({ key: providerKeySchema })

function Connect({ orgId, provider, onClose }: InsideProps) {
  const { connect } = useIntegrations()
  const { name, keyName, keyUrl } = PROVIDERS[provider]
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { key: '' } })
  const submit = form.handleSubmit(({ key }) => connect.mutate({ orgId, provider, key }, { onSuccess: onClose }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">
          {name} is asked at once whether the key is good. It is stored sealed, and only its last four characters are ever shown.
        </Text>
        <PasswordInput
          label={keyName}
          description={
            <>
              You find it at{' '}
              <Anchor href={keyUrl} target="_blank" rel="noreferrer" size="xs">
                {new URL(keyUrl).host}
              </Anchor>
              .
            </>
          }
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          error={form.formState.errors.key?.message}
          {...form.register('key')}
        />
        {connect.error && <ProblemAlert problem={problemOf(connect.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={connect.isPending}>
            Check and connect
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Remove({ orgId, provider, onClose }: InsideProps) {
  const { remove } = useIntegrations()
  return (
    <Stack>
      <Text>The key is deleted, and nothing more is fetched. What is in your workspace stays.</Text>
      {remove.error && <ProblemAlert problem={problemOf(remove.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ orgId, provider }, { onSuccess: onClose })}>
          Remove
        </Button>
      </Group>
    </Stack>
  )
}
