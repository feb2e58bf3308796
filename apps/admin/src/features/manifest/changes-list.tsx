import type { ManifestChange } from '@gangway/schemas/manifest-diff'
import { Text } from '@mantine/core'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'

const COLUMNS: readonly Column<ManifestChange>[] = [
  { heading: 'Where', width: '24%', cell: ({ where }) => <code>{where}</code> },
  { heading: 'What', width: '16%', cell: ({ what }) => what },
  { heading: 'Before', width: '30%', cell: ({ before }) => (before === null ? <Absent /> : before) },
  { heading: 'After', width: '30%', cell: ({ after }) => (after === null ? <Absent /> : after) },
]

/** What one manifest changes of another. */
export function ChangesList({ label, changes }: { label: string; changes: readonly ManifestChange[] }) {
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is different.
      </Text>
    )
  }
  return <RecordTable label={label} columns={COLUMNS} rows={changes} rowKey={({ where, what }) => `${where} ${what}`} />
}
