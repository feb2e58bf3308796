'use client'

import { HEALTHS, type ExaminedAll } from '@gangway/schemas/doctor'
import { Button, EmptyState, Group, Text } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconBuilding } from '@tabler/icons-react'
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
import { PageHeader } from '../shell/page-header.tsx'
import { HEALTH_LABELS } from './health-label.tsx'
import { OrganizationDrawer } from './organization-drawer.tsx'
import {
  isFiltered,
  NO_QUERY,
  organizationsFilter,
  type OrganizationsQuery,
  readOrganizationsQuery,
} from './organizations-query.ts'
import { OrganizationsTable } from './organizations-table.tsx'
import { RepairAllDialog } from './repair-all-dialog.tsx'
import { useDoctor } from './use-doctor.ts'

const CHOICES = HEALTHS.map((value) => ({ value, label: HEALTH_LABELS[value] }))

/** Onboarded organizations, and what the doctor found when it looked last. */
export function OrganizationsPage() {
  const [query, setQuery] = useAddressQuery({ read: readOrganizationsQuery, href: paths.organizations })
  const { organizations, rows, count, stale } = useOrganizations(query)
  const { examineAll, repairAll } = useDoctor()
  const [isAsking, asking] = useDisclosure(false)
  const outcome = repairAll.data ?? examineAll.data
  return (
    <>
      <PageHeader
        title="Organizations"
        description="How each compares with the dry run’s plan for it. The doctor looks at all of them every night."
      >
        <Group gap="sm">
          <Button variant="default" onClick={() => examineAll.mutate()} loading={examineAll.isPending}>
            Examine all
          </Button>
          <Button onClick={asking.open}>Repair all</Button>
        </Group>
      </PageHeader>
      <search aria-label="Filter organizations" className={filterClasses.filters}>
        <TextFilter
          label="Search"
          placeholder="Name or slug"
          value={query.text}
          onChange={(text) => setQuery({ ...query, text })}
        />
        <ChoiceFilter
          label="Health"
          any="Any health"
          choices={CHOICES}
          value={query.healths}
          onChange={(healths) => setQuery({ ...query, healths })}
        />
        {isFiltered(query) ? <ClearFilters onClear={() => setQuery(NO_QUERY)} /> : null}
      </search>
      <Text role="status" size="sm" c="dimmed" mb="sm">
        {outcome ? `${outcomeText(outcome)} ` : ''}
        {count && !stale ? countText(count, 'organization') : 'Loading…'}
      </Text>
      {organizations.error ? <ProblemNotice error={organizations.error} retry={() => void organizations.refetch()} /> : null}
      {examineAll.error ? <ProblemNotice error={examineAll.error} /> : null}
      {rows?.length === 0 && !stale ? (
        <EmptyState
          py={64}
          icon={<IconBuilding stroke={1.4} aria-hidden />}
          title={isFiltered(query) ? 'No organizations fit these filters' : 'No organizations yet'}
          description="An organization appears here when its setup is complete."
        />
      ) : null}
      {rows?.length !== 0 && (rows || organizations.isPending) ? (
        <OrganizationsTable rows={rows} stale={stale} query={query} />
      ) : null}
      <LoadMore list={organizations} />
      <OrganizationDrawer
        opened={query.open !== '' && rows !== undefined}
        organization={rows?.find(({ slug }) => slug === query.open)}
        onClose={() => setQuery({ ...query, open: '' })}
      />
      <RepairAllDialog
        opened={isAsking}
        onClose={asking.close}
        action={{ ...repairAll, mutate: () => repairAll.mutate(undefined, { onSuccess: asking.close }) }}
      />
    </>
  )
}

const PAGE_SIZE = 50
/** A search is not made for every letter. */
const TYPING_MS = 250

function useOrganizations(query: OrganizationsQuery) {
  const trpc = useTRPC()
  const [text] = useDebouncedValue(query.text, TYPING_MS)
  const organizations = useInfiniteQuery(
    trpc.admin.organizations.list.infiniteQueryOptions(
      { filter: organizationsFilter({ ...query, text }), limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  return {
    organizations,
    rows: organizations.data?.pages.flatMap((page) => page.rows),
    count: organizations.data?.pages[0]?.count,
    stale: organizations.isPlaceholderData || text !== query.text,
  }
}

function outcomeText({ healthy, differing, unknown }: ExaminedAll): string {
  return `${healthy} healthy, ${differing} differ, ${unknown} could not be examined.`
}
