'use client'

import type { FlagRow } from '@gangway/schemas/flags'
import { Button, EmptyState, Group, Switch, Text } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { cohortText } from './cohort-text.ts'
import { FlagDialog, type OpenFlagDialog } from './flag-dialog.tsx'
import { useFlagActions } from './use-flag-actions.ts'

/** Which questions are asked of whom. */
export function FlagsPage() {
  const flags = useQuery(useTRPC().admin.flags.list.queryOptions())
  const [dialog, setDialog] = useState<OpenFlagDialog | null>(null)
  const { save } = useFlagActions()
  const columns: readonly Column<FlagRow>[] = [
    { heading: 'Flag', width: '28%', cell: (flag) => <Name flag={flag} /> },
    {
      heading: 'On',
      width: '10%',
      cell: ({ updatedAt: _updatedAt, usedBy: _usedBy, ...flag }) => (
        <Switch
          aria-label={`${flag.key} is on`}
          checked={flag.enabled}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ ...flag, enabled: event.currentTarget.checked })}
        />
      ),
    },
    { heading: 'For', width: '26%', cell: cohortText },
    { heading: 'Asked in', width: '18%', cell: ({ usedBy }) => (usedBy.length > 0 ? usedBy.join(', ') : <Absent />) },
    {
      heading: 'Action',
      width: '18%',
      cell: (flag) => (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Edit ${flag.key}`}
            onClick={() => setDialog({ name: 'edit', flag })}
          >
            Edit
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Remove ${flag.key}`}
            onClick={() => setDialog({ name: 'remove', flag })}
          >
            Remove…
          </Button>
        </Group>
      ),
    },
  ]
  return (
    <>
      <PageHeader
        title="Flags"
        description="A question with a flag is asked of those for whom it is on. Turned off, it hides; answers are kept."
      >
        <Button onClick={() => setDialog({ name: 'add' })}>Add a flag</Button>
      </PageHeader>
      {flags.error ? <ProblemNotice error={flags.error} retry={() => void flags.refetch()} /> : null}
      {save.error && !dialog ? <ProblemNotice error={save.error} /> : null}
      {flags.data?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconFlag stroke={1.4} aria-hidden />}
          title="No flags yet"
          description="Add one, and name it at a step or a question of the next draft."
        />
      ) : (
        <RecordTable label="Flags" columns={columns} rows={flags.data} rowKey={({ key }) => key} />
      )}
      {dialog ? <FlagDialog dialog={dialog} onClose={() => setDialog(null)} /> : null}
    </>
  )
}

function Name({ flag: { key, description } }: { flag: FlagRow }) {
  return (
    <>
      <code>{key}</code>
      {description ? (
        <Text span display="block" size="xs" c="dimmed">
          {description}
        </Text>
      ) : null}
    </>
  )
}
