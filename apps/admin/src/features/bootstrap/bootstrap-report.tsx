import type { BootstrapReport } from '@gangway/schemas/bootstrap'
import { Text } from '@mantine/core'
import { Bullets } from '../records/bullets.tsx'
import { Panel } from '../records/panel.tsx'
import { reportText } from './report-text.ts'

/** What the bootstrap that was just run found and did. */
export function BootstrapReportPanel({ report }: { report: BootstrapReport }) {
  const created = report.tables.filter(({ state }) => state === 'created')
  return (
    <Panel title="What was done">
      <Text size="sm" role="status">
        {reportText(report)}
      </Text>
      {created.length > 0 ? <Bullets lines={created.map(({ name }) => name)} /> : null}
    </Panel>
  )
}
