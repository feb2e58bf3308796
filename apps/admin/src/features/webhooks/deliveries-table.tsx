'use client'

import { attemptText, type WebhookDelivery } from '@gangway/schemas/webhooks'
import { paths } from '../../paths.ts'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { MomentOfDay } from '../shell/moment.tsx'
import { DeliveryLabel } from './delivery-label.tsx'
import type { WebhooksQuery } from './webhooks-query.ts'

const COLUMNS: readonly Column<WebhookDelivery>[] = [
  { heading: 'Event', width: '17%', cell: ({ type }) => type },
  { heading: 'Organization', width: '14%', cell: ({ orgSlug }) => orgSlug ?? 'Operators' },
  { heading: 'Address', width: '25%', cell: ({ url }) => url },
  { heading: 'State', width: '14%', cell: (delivery) => <DeliveryLabel delivery={delivery} /> },
  {
    heading: 'Last attempt',
    width: '17%',
    cell: ({ lastStatus, lastError }) => attemptText({ status: lastStatus, error: lastError }),
  },
  { heading: 'Time', width: '13%', cell: ({ createdAt }) => <MomentOfDay at={createdAt} /> },
]

interface DeliveriesTableProps {
  rows: readonly WebhookDelivery[] | undefined
  stale: boolean
  query: WebhooksQuery
}

export function DeliveriesTable({ rows, stale, query }: DeliveriesTableProps) {
  return (
    <RecordTable
      label="Deliveries"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      href={({ id }) => paths.webhooks({ ...query, delivery: id })}
      stale={stale}
    />
  )
}
