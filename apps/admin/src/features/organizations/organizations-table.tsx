'use client'

import type { ExaminedOrganization } from '@gangway/schemas/doctor'
import { PLANS } from '@gangway/schemas/plans'
import { Text } from '@mantine/core'
import { paths } from '../../paths.ts'
import { countText } from '../records/count-text.ts'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { HealthLabel } from './health-label.tsx'
import type { OrganizationsQuery } from './organizations-query.ts'

const COLUMNS: readonly Column<ExaminedOrganization>[] = [
  { heading: 'Organization', width: '26%', cell: (organization) => <Name organization={organization} /> },
  { heading: 'Plan', width: '14%', cell: ({ plan }) => (plan ? PLANS[plan].name : <Absent />) },
  { heading: 'Health', width: '20%', cell: ({ health }) => <HealthLabel health={health} /> },
  { heading: 'Findings', width: '14%', cell: ({ findings }) => countText({ value: findings.length, exact: true }, 'finding') },
  { heading: 'Examined', width: '13%', cell: ({ examinedAt }) => (examinedAt ? <Moment at={examinedAt} /> : <Absent />) },
  { heading: 'Since', width: '13%', cell: ({ createdAt }) => <Moment at={createdAt} /> },
]

interface OrganizationsTableProps {
  rows: readonly ExaminedOrganization[] | undefined
  stale: boolean
  query: OrganizationsQuery
}

export function OrganizationsTable({ rows, stale, query }: OrganizationsTableProps) {
  return (
    <RecordTable
      label="Organizations"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ orgId }) => orgId}
      href={({ slug }) => paths.organizations({ ...query, open: slug })}
      stale={stale}
    />
  )
}

function Name({ organization: { name, slug } }: { organization: ExaminedOrganization }) {
  return (
    <>
      {name}
      <Text span display="block" size="xs" c="dimmed">
        {slug}
      </Text>
    </>
  )
}
