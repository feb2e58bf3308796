'use client'

import type { AuditEntry } from '@gangway/schemas/audit'
import { Anchor, Code, DataList, Drawer, Stack, Text } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { Moment } from '../shell/moment.tsx'
import { actorText } from './actor-text.ts'

interface AuditDrawerProps {
  opened: boolean
  /** undefined when the address names an entry that is not on the pages that are loaded. */
  entry: AuditEntry | undefined
  onClose: () => void
}

export function AuditDrawer({ opened, entry, onClose }: AuditDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(100%, 36rem)"
      title={entry?.action ?? 'Entry not found'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {entry ? (
        <Entry entry={entry} />
      ) : (
        <Text size="sm">It is not among the entries that are shown. Clear the filters, or load more.</Text>
      )}
    </Drawer>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const href = subjectHref(entry.subject)
  return (
    <Stack>
      <DataList gap="xs" labelWidth="5rem" style={{ overflowWrap: 'anywhere' }}>
        <Fact label="Who">{actorText(entry)}</Fact>
        <Fact label="Time">
          <Moment at={entry.at} />
        </Fact>
        <Fact label="Subject">
          {entry.subject.type}{' '}
          {href ? (
            <Anchor component={Link} href={href} inherit underline="always">
              {entry.subject.id}
            </Anchor>
          ) : (
            entry.subject.id
          )}
        </Fact>
      </DataList>
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          Detail
        </Text>
        <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {JSON.stringify(entry.detail, null, 2)}
        </Code>
      </div>
    </Stack>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}

function subjectHref({ type, id }: AuditEntry['subject']): string | null {
  if (type === 'run') return paths.run(id)
  return type === 'user' ? paths.person(id) : null
}
