'use client'

import { Stack } from '@mantine/core'
import { paths } from '../../paths.ts'
import { NO_QUERY } from '../answers/answers-query.ts'
import { completionsText } from '../answers/completions-text.ts'
import { NoAnswers } from '../answers/no-answers.tsx'
import { PeopleFilters } from '../answers/people-filters.tsx'
import { MOST_ANSWERS } from '../answers/people-query.ts'
import { StatusLine } from '../answers/status-line.tsx'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { SavedViewsMenu } from '../saved-views/saved-views-menu.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { Legend } from './legend.tsx'
import { StepsOfTotals, TotalsSkeleton } from './steps-of-totals.tsx'
import { ALL_TOTALS, readTotalsQuery, totalsSearch } from './totals-query.ts'
import { useTotals } from './use-totals.ts'
import { ViewOptions } from './view-options.tsx'

/** A longer answer is cut in the totals, so that nobody is found by it. */
const LONGEST_TERM = 239

/** How many people gave which answer, question by question. */
export function TotalsPage() {
  const [query, setQuery] = useAddressQuery({ read: readTotalsQuery, href: paths.totals })
  const { now, before, error, stale, retry } = useTotals(query)
  const { step: _, than: __, ...people } = query
  const nobody = now?.people === 0 && (before?.people ?? 0) === 0
  const href = (step: string, field: string, value: string) => {
    if (people.answers.length >= MOST_ANSWERS || `${step}.${field}=${value}`.length > LONGEST_TERM) return null
    return paths.answers({ ...NO_QUERY, ...people, answers: [...people.answers, { step, field, value }] })
  }
  const clear = totalsSearch(query) === '' ? undefined : () => setQuery(ALL_TOTALS)
  return (
    <>
      <PageHeader title="Totals" description="How many people gave which answer. Each bar leads to the people behind it.">
        <SavedViewsMenu
          page="totals"
          search={totalsSearch(query)}
          onOpen={(search) => setQuery(readTotalsQuery(new URLSearchParams(search)))}
        />
      </PageHeader>
      <PeopleFilters label="Filter totals" query={query} onChange={(changed) => setQuery({ ...query, ...changed })} />
      <ViewOptions query={query} onChange={setQuery} />
      <StatusLine onClear={clear}>{now && !stale ? statusText(now.people, before?.people) : error ? '' : 'Counting…'}</StatusLine>
      {error ? <ProblemNotice error={error} retry={() => void retry()} /> : null}
      {nobody && !stale ? <NoAnswers onClear={clear} /> : null}
      {now && !nobody ? (
        <Stack gap="xl" aria-busy={stale}>
          {before ? <Legend now={query} before={query.than} /> : null}
          <StepsOfTotals now={now} before={before} href={href} />
        </Stack>
      ) : null}
      {!now && !error ? <TotalsSkeleton /> : null}
    </>
  )
}

function statusText(people: number, before: number | undefined): string {
  const text = completionsText({ value: people, exact: true })
  return before === undefined ? text : `${text}, compared with ${completionsText({ value: before, exact: true })}`
}
