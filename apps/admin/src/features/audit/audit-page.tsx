'use client'

import { EmptyState, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { ClearFilters } from '../records/clear-filters.tsx'
import { countText } from '../records/count-text.ts'
import { DayFilters } from '../records/day-filters.tsx'
import filterClasses from '../records/filters.module.css'
import { LoadMore } from '../records/load-more.tsx'
import { TextFilter } from '../records/text-filter.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { AuditDrawer } from './audit-drawer.tsx'
import { auditFilter, isFiltered, NO_QUERY, readAuditQuery } from './audit-query.ts'
import { AuditTable } from './audit-table.tsx'

const PAGE_SIZE = 50
/** A search is not made for every letter. */
const TYPING_MS = 250

export function AuditPage() {
  const trpc = useTRPC()
  const [query, setQuery] = useAddressQuery({ read: readAuditQuery, href: paths.audit })
  const [text] = useDebouncedValue(query.text, TYPING_MS)
  const entries = useInfiniteQuery(
    trpc.admin.audit.list.infiniteQueryOptions(
      { filter: auditFilter({ ...query, text }), limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const stale = entries.isPlaceholderData || text !== query.text
  const count = entries.data?.pages[0]?.count
  const rows = entries.data?.pages.flatMap((page) => page.rows)
  const close = () => setQuery({ ...query, entry: '' })
  return (
    <>
      <PageHeader title="Audit log" description="Who did or read what, newest first. Nothing in it can be changed or deleted.">
        <Text role="status" size="sm" c="dimmed">
          {count && !stale ? countText(count, 'entry', 'entries') : 'Loading…'}
        </Text>
      </PageHeader>
      <search aria-label="Filter the audit log" className={filterClasses.filters}>
        <TextFilter
          label="Search"
          placeholder="Action, subject or e-mail"
          value={query.text}
          onChange={(value) => setQuery({ ...query, text: value })}
        />
        <DayFilters what="Done" days={query} onChange={(days) => setQuery({ ...query, ...days })} />
        {isFiltered(query) ? <ClearFilters onClear={() => setQuery(NO_QUERY)} /> : null}
      </search>
      {entries.error ? <ProblemNotice error={entries.error} retry={() => void entries.refetch()} /> : null}
      {rows?.length === 0 && !stale ? (
        <EmptyState
          py={64}
          icon={<IconHistory stroke={1.4} aria-hidden />}
          title={isFiltered(query) ? 'No entries fit these filters' : 'Nothing done yet'}
          description="Whatever staff do to runs, and whose answers they read, is written down here."
        />
      ) : null}
      {rows?.length !== 0 && (rows || entries.isPending) ? <AuditTable rows={rows} stale={stale} query={query} /> : null}
      <LoadMore list={entries} />
      <AuditDrawer
        opened={query.entry !== '' && rows !== undefined}
        entry={rows?.find(({ id }) => String(id) === query.entry)}
        onClose={close}
      />
    </>
  )
}
