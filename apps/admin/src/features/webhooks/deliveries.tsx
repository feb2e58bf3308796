'use client'

import { WEBHOOK_DELIVERY_STATUSES, WEBHOOK_MESSAGE_TYPES } from '@gangway/schemas/webhooks'
import { EmptyState, Group, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconWebhook } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { ChoiceFilter } from '../records/choice-filter.tsx'
import { ClearFilters } from '../records/clear-filters.tsx'
import { countText } from '../records/count-text.ts'
import filterClasses from '../records/filters.module.css'
import { LoadMore } from '../records/load-more.tsx'
import { TextFilter } from '../records/text-filter.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { DeliveriesTable } from './deliveries-table.tsx'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { DELIVERY_LABELS } from './delivery-label.tsx'
import { deliveriesFilter, isFiltered, NO_QUERY, readWebhooksQuery, type WebhooksQuery } from './webhooks-query.ts'

const PAGE_SIZE = 50
const REFRESH_MS = 5000
/** A search is not made for every letter. */
const TYPING_MS = 250

/** What was sent to everybody's endpoints, newest first. */
export function Deliveries() {
  const trpc = useTRPC()
  const [query, setQuery] = useAddressQuery({ read: readWebhooksQuery, href: paths.webhooks })
  const [text] = useDebouncedValue(query.text, TYPING_MS)
  const list = useInfiniteQuery(
    trpc.admin.webhooks.deliveries.infiniteQueryOptions(
      { filter: deliveriesFilter({ ...query, text }), limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
    ),
  )
  const stale = list.isPlaceholderData || text !== query.text
  const count = list.data?.pages[0]?.count
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <section aria-labelledby="deliveries">
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2} size="h4" id="deliveries">
          Deliveries
        </Title>
        <Text role="status" size="sm" c="dimmed">
          {count && !stale ? countText(count, 'delivery', 'deliveries') : 'Loading…'}
        </Text>
      </Group>
      <Filters query={query} onChange={setQuery} />
      {list.error ? <ProblemNotice error={list.error} retry={() => void list.refetch()} /> : null}
      {rows?.length === 0 && !stale ? (
        <EmptyState
          py={48}
          icon={<IconWebhook stroke={1.4} aria-hidden />}
          title={isFiltered(query) ? 'No deliveries fit these filters' : 'Nothing was sent yet'}
          description="Each message to each endpoint appears here, with all its attempts. They are kept for 30 days."
        />
      ) : null}
      {rows?.length !== 0 && (rows || list.isPending) ? <DeliveriesTable rows={rows} stale={stale} query={query} /> : null}
      <LoadMore list={list} />
      <DeliveryDrawer deliveryId={query.delivery} onClose={() => setQuery({ ...query, delivery: '' })} />
    </section>
  )
}

const STATUSES = WEBHOOK_DELIVERY_STATUSES.map((value) => ({ value, label: DELIVERY_LABELS[value] }))
const TYPES = WEBHOOK_MESSAGE_TYPES.map((value) => ({ value, label: value }))

function Filters({ query, onChange }: { query: WebhooksQuery; onChange: (query: WebhooksQuery) => void }) {
  const change = (part: Partial<WebhooksQuery>) => onChange({ ...query, ...part })
  return (
    <search aria-label="Filter deliveries" className={filterClasses.filters}>
      <TextFilter label="Search" placeholder="Address or organization" value={query.text} onChange={(text) => change({ text })} />
      <ChoiceFilter
        label="State"
        any="Any state"
        choices={STATUSES}
        value={query.statuses}
        onChange={(statuses) => change({ statuses })}
      />
      <ChoiceFilter label="Event" any="Any event" choices={TYPES} value={query.types} onChange={(types) => change({ types })} />
      {isFiltered(query) ? <ClearFilters onClear={() => onChange(NO_QUERY)} /> : null}
    </search>
  )
}
