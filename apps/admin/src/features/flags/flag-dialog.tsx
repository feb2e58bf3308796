'use client'

import { type Flag, type FlagRow, flagSchema } from '@gangway/schemas/flags'
import { PLAN_IDS, PLANS } from '@gangway/schemas/plans'
import { ROLES } from '@gangway/schemas/questionnaire'
import { Checkbox, Group, Modal, MultiSelect, NumberInput, Switch, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { useFlagActions } from './use-flag-actions.ts'

export type OpenFlagDialog = { name: 'add' } | { name: 'edit' | 'remove'; flag: FlagRow }

const TITLES = { add: 'Add a flag', edit: 'Edit the flag', remove: 'Remove the flag' }
const NEW: Flag = { key: '', description: '', enabled: false, rolloutPercent: 100, cohorts: {} }

export function FlagDialog({ dialog, onClose }: { dialog: OpenFlagDialog; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={TITLES[dialog.name]} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {dialog.name === 'remove' ? (
        <Remove flag={dialog.flag} onClose={onClose} />
      ) : (
        <Edit flag={dialog.name === 'edit' ? dialog.flag : undefined} onClose={onClose} />
      )}
    </Modal>
  )
}

function Edit({ flag, onClose }: { flag: FlagRow | undefined; onClose: () => void }) {
  const { save } = useFlagActions()
  const [key, setKey] = useState(flag?.key ?? NEW.key)
  const [description, setDescription] = useState(flag?.description ?? NEW.description)
  const [enabled, setEnabled] = useState(flag?.enabled ?? NEW.enabled)
  const [rolloutPercent, setRollout] = useState(flag?.rolloutPercent ?? NEW.rolloutPercent)
  const [plans, setPlans] = useState<string[]>(flag?.cohorts.plans ?? [])
  const [roles, setRoles] = useState<string[]>(flag?.cohorts.roles ?? [])
  const [emailDomains, setDomains] = useState(flag?.cohorts.emailDomains ?? [])
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({})

  function confirm() {
    // A list without anybody in it would let nobody in: here it means that there is none.
    const lists = Object.entries({ plans, roles, emailDomains }).filter(([, list]) => list.length > 0)
    const parsed = flagSchema.safeParse({ key, description, enabled, rolloutPercent, cohorts: Object.fromEntries(lists) })
    setProblems(
      Object.fromEntries(
        (parsed.error?.issues ?? []).map(({ path, message }) => [path[0] === 'cohorts' ? path[1] : path[0], message]),
      ),
    )
    if (parsed.data) save.mutate(parsed.data, { onSuccess: onClose })
  }

  return (
    <ConfirmForm confirmLabel="Save" dismissLabel="Cancel" onDismiss={onClose} action={save} onConfirm={confirm}>
      <TextInput
        label="Key"
        description="What steps and questions name it by."
        required
        data-autofocus={flag ? undefined : true}
        disabled={flag !== undefined}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        error={problems['key']}
      />
      <TextInput label="Description" value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      <Switch label="On" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
      <Checkbox.Group label="Plans" description="None chosen: everybody." value={plans} onChange={setPlans}>
        <Group mt="xs">
          {PLAN_IDS.map((plan) => (
            <Checkbox key={plan} value={plan} label={PLANS[plan].name} />
          ))}
        </Group>
      </Checkbox.Group>
      <MultiSelect
        label="Roles"
        description="None chosen: everybody. People have a role once they have said it."
        data={[...ROLES]}
        value={roles}
        onChange={setRoles}
      />
      <TagsInput
        label="E-mail domains"
        description="None: everybody. Such as example.com."
        value={emailDomains}
        onChange={setDomains}
        acceptValueOnBlur
        error={problems['emailDomains']}
      />
      <NumberInput
        label="Share"
        description="Per cent of these people. Who is in stays in as it grows."
        min={0}
        max={100}
        value={rolloutPercent}
        onChange={(value) => setRollout(Math.round(Number(value)))}
        error={problems['rolloutPercent']}
      />
    </ConfirmForm>
  )
}

function Remove({ flag, onClose }: { flag: FlagRow; onClose: () => void }) {
  const { remove } = useFlagActions()
  return (
    <ConfirmForm
      confirmLabel="Remove it"
      dismissLabel="Keep it"
      isDangerous
      onDismiss={onClose}
      action={remove}
      onConfirm={() => remove.mutate({ key: flag.key }, { onSuccess: onClose })}
    >
      <Text size="sm">
        {flag.usedBy.length > 0
          ? `Nobody is asked ${flag.usedBy.join(', ')} any more: a flag that is not there is off. Answers are kept.`
          : 'The current questions do not name it.'}
      </Text>
    </ConfirmForm>
  )
}
