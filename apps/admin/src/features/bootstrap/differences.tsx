import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import { Stack, Text } from '@mantine/core'
import { Bullets } from '../records/bullets.tsx'
import { Panel } from '../records/panel.tsx'

/** What is not as it is declared: missing tables, and columns that are missing or of another type. */
export function Differences({ status: { tables_missing: missing, drift } }: { status: BootstrapStatus }) {
  return (
    <>
      {missing.length > 0 ? (
        <Panel title="Missing tables">
          <Bullets lines={missing} />
        </Panel>
      ) : null}
      {drift.length > 0 ? (
        <Panel title="Drift">
          <Text size="sm" c="dimmed">
            Missing columns that may be empty are added by a bootstrap. A column of another type has to be put right by hand.
          </Text>
          <Stack gap="sm">
            {drift.map(({ table, columns }) => (
              <div key={table}>
                <Text size="sm" fw={500}>
                  {table}
                </Text>
                <Bullets lines={columns} />
              </div>
            ))}
          </Stack>
        </Panel>
      ) : null}
    </>
  )
}
