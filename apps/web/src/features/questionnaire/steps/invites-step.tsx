'use client'

import { INVITE_ROLES } from '@gangway/schemas/questionnaire'
import { ActionIcon, Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useFieldArray } from 'react-hook-form'
import { rowsOf } from '../draft-values.ts'
import { fieldId } from '../field-id.ts'
import { StepForm } from '../step-form.tsx'
import { StepFrame } from '../step-frame.tsx'
import { type StepFormParts, useStepForm } from '../use-step-form.ts'
import styles from './invites-step.module.css'

type Row = { email: string; role: string }
type Values = { invites: Row[] }

const LIMIT = 20
const BLANK: Row = { email: '', role: 'member' }

const PARTS: StepFormParts<Values> = {
  step: 'invites',
  fields: ['invites'],
  toValues: ({ invites }) => {
    const rows = rowsOf(invites).map(({ email = '', role = BLANK.role }) => ({ email, role }))
    return { invites: rows.length > 0 ? rows : [BLANK] }
  },
  // Rows that are still blank at the end are no invitations yet; those in between keep their place.
  toPatch: ({ invites }) => ({ invites: invites.slice(0, invites.findLastIndex(({ email }) => email.trim() !== '') + 1) }),
}

export function InvitesStep() {
  return (
    <StepFrame step="invites" fields={2} lead="They get an invitation by mail once your workspace is ready.">
      <InvitesForm />
    </StepFrame>
  )
}

function InvitesForm() {
  const { form, controls } = useStepForm(PARTS)
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'invites' })
  const { errors } = form.formState
  const isFull = fields.length >= LIMIT
  return (
    <StepForm controls={controls}>
      <div role="group" aria-label="Invitations" id={fieldId('invites', 'invites')}>
        <ul className={styles.list}>
          {fields.map((row, index) => (
            <li key={row.id} className={styles.row}>
              <TextInput
                id={fieldId('invites', `invites.${index}.email`)}
                label={`E-mail of colleague ${index + 1}`}
                type="email"
                autoComplete="off"
                className={styles.email}
                error={errors.invites?.[index]?.email?.message}
                {...form.register(`invites.${index}.email`)}
              />
              <NativeSelect
                label={`Role of colleague ${index + 1}`}
                data={[...INVITE_ROLES]}
                {...form.register(`invites.${index}.role`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="input-sm"
                className={styles.remove}
                aria-label={`Remove colleague ${index + 1}`}
                onClick={() => remove(index)}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <Button
          variant="default"
          mt="md"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={isFull}
          onClick={() => append(BLANK, { focusName: `invites.${fields.length}.email` })}
        >
          Add a colleague
        </Button>
        <Text size="sm" c="dimmed" mt="xs">
          {isFull ? `${LIMIT} is the limit for now; you can invite more later.` : `Up to ${LIMIT}.`}
        </Text>
      </div>
    </StepForm>
  )
}
