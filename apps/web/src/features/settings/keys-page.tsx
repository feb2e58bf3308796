'use client'

import type { ApiKey } from '@gangway/schemas/keys'
import type { Organization } from '@gangway/schemas/organizations'
import { Button, Group, Paper, Skeleton, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { KeyDialog, type KeyDialogName } from './key-dialog.tsx'
import { LoadProblem } from './load-problem.tsx'
import { SettingsPage } from './settings-page.tsx'
import styles from './settings.module.css'
import { timeText } from './time-text.ts'

export function KeysPage() {
  return (
    <SettingsPage title="API keys" summary="With a key, a program of yours acts for the organization." forMembers={false}>
      {(organization) => <Keys organization={organization} />}
    </SettingsPage>
  )
}

function Keys({ organization: { id: orgId, role } }: { organization: Organization }) {
  const keys = useQuery(useTRPC().keys.list.queryOptions({ orgId }))
  const [isAdding, setAdding] = useState(false)
  return (
    <section aria-label="API keys">
      {role === 'owner' && (
        <Group justify="flex-end" mb="md">
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            New key
          </Button>
        </Group>
      )}
      {keys.isError && <LoadProblem title="The keys could not be loaded" query={keys} />}
      {keys.isPending && <Skeleton height={150} />}
      {keys.data?.length === 0 && <Text c="dimmed">There is no key yet.</Text>}
      {keys.data && keys.data.length > 0 && (
        <Paper withBorder component="ul" className={styles.rows} aria-label="API keys">
          {keys.data.map((key) => (
            <KeyRow key={key.id} orgId={orgId} isOwner={role === 'owner'} apiKey={key} />
          ))}
        </Paper>
      )}
      {isAdding && <KeyDialog name="rotate" orgId={orgId} apiKey={undefined} onClose={() => setAdding(false)} />}
    </section>
  )
}

const TONES = { active: 'good', expiring: 'neutral', expired: 'bad', revoked: 'bad' } as const

function KeyRow({ orgId, isOwner, apiKey }: { orgId: string; isOwner: boolean; apiKey: ApiKey }) {
  const [dialog, setDialog] = useState<KeyDialogName | null>(null)
  const { prefix, fingerprint, scopes, status, createdAt, lastUsedAt, canReveal } = apiKey
  const works = status === 'active' || status === 'expiring'
  return (
    <li className={styles.row}>
      <div className={styles.wide}>
        <Group gap="sm">
          <span className={styles.mono}>{prefix}…</span>
          <span className={styles.state} data-tone={TONES[status]}>
            {statusText(apiKey)}
          </span>
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          Created {timeText(createdAt)} · {lastUsedAt ? `last used ${timeText(lastUsedAt)}` : 'never used'} · {scopes.join(', ')}
        </Text>
        <Text size="xs" c="dimmed" className={styles.mono}>
          Fingerprint {fingerprint}
        </Text>
      </div>
      {works && (
        <Group gap="xs">
          {canReveal && (
            <Button size="xs" variant="default" onClick={() => setDialog('reveal')} aria-label={`Show the key ${prefix}`}>
              Show
            </Button>
          )}
          {isOwner && status === 'active' && (
            <Button size="xs" variant="default" onClick={() => setDialog('rotate')} aria-label={`Rotate the key ${prefix}`}>
              Rotate
            </Button>
          )}
          <Button
            size="xs"
            variant="subtle"
            color="red"
            className={styles.danger}
            onClick={() => setDialog('revoke')}
            aria-label={`Revoke the key ${prefix}`}
          >
            Revoke
          </Button>
        </Group>
      )}
      {dialog && <KeyDialog name={dialog} orgId={orgId} apiKey={apiKey} onClose={() => setDialog(null)} />}
    </li>
  )
}

function statusText({ status, expiresAt, revokedAt }: ApiKey): string {
  if (status === 'revoked' && revokedAt) return `Revoked ${timeText(revokedAt)}`
  if (status === 'expiring' && expiresAt) return `Works until ${timeText(expiresAt)}`
  if (status === 'expired' && expiresAt) return `Expired ${timeText(expiresAt)}`
  return 'Active'
}
