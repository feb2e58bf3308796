import type { Finding } from '@gangway/schemas/doctor'
import { List, Text } from '@mantine/core'

const KIND_LABELS: Record<Finding['kind'], string> = {
  organization: 'Organization',
  membership: 'Owner',
  subscription: 'Subscription',
  dataset: 'Dataset',
  table: 'Table',
  view: 'View',
  api_key: 'API key',
  reveal: 'Showing of the key',
  meta_row: 'Meta table',
  starter_kit: 'Starter kit',
}

/** What differs from the plan, one line each. */
export function Findings({ findings, label }: { findings: readonly Finding[]; label: string }) {
  return (
    <List listStyleType="none" spacing="sm" size="sm" aria-label={label}>
      {findings.map((finding) => (
        <List.Item key={`${finding.kind} ${finding.name} ${finding.problem}`}>
          {KIND_LABELS[finding.kind]} {finding.problem}
          <Text span display="block" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {finding.name}
            {finding.repairable ? '' : ' · somebody has to decide'}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}
