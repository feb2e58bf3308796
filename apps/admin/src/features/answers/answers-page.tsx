'use client'

import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { paths } from '../../paths.ts'
import { ExportDialog } from '../exports/export-dialog.tsx'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { SavedViewsMenu } from '../saved-views/saved-views-menu.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { NO_QUERY, readAnswersQuery } from './answers-query.ts'
import { AnswersTable } from './answers-table.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { completionsText } from './completions-text.ts'
import { KeysHelp } from './keys-help.tsx'
import { NoAnswers } from './no-answers.tsx'
import { PeopleFilters } from './people-filters.tsx'
import { isEverybody, peopleFilter, peopleSearch, readPeople } from './people-query.ts'
import { PersonDrawer } from './person-drawer.tsx'
import { StatusLine } from './status-line.tsx'
import { useAnswers } from './use-answers.ts'
import { useColumns } from './use-columns.ts'
import { useListKeys, useSingleKeys } from './use-list-keys.ts'

/** What people answered, newest first. */
export function AnswersPage() {
  const [query, setQuery] = useAddressQuery({ read: readAnswersQuery, href: paths.answers })
  const { answers, rows, count, stale } = useAnswers(query)
  const [columns, setColumns] = useColumns()
  const [isExporting, exporting] = useDisclosure(false)
  const [isHelping, helping] = useDisclosure(false)
  const [singleKeys, turnSingleKeys] = useSingleKeys()
  useListKeys({ isOn: singleKeys, onHelp: helping.open })
  const clear = isEverybody(query) ? undefined : () => setQuery(NO_QUERY)
  return (
    <>
      <PageHeader title="Answers" description="What people answered in the onboarding questionnaire, newest first.">
        <Group gap="sm">
          <SavedViewsMenu
            page="answers"
            search={peopleSearch(query)}
            onOpen={(search) => setQuery({ ...readPeople(new URLSearchParams(search)), open: '' })}
          />
          <ColumnsMenu columns={columns} onChange={setColumns} />
          <Button variant="default" onClick={helping.open}>
            Keyboard
          </Button>
          <Button onClick={exporting.open} disabled={!count || stale}>
            Export
          </Button>
        </Group>
      </PageHeader>
      <PeopleFilters label="Filter answers" query={query} onChange={(people) => setQuery({ ...query, ...people })} />
      <StatusLine onClear={clear}>{count && !stale ? completionsText(count) : answers.error ? '' : 'Loading…'}</StatusLine>
      {answers.error ? <ProblemNotice error={answers.error} retry={() => void answers.refetch()} /> : null}
      {rows?.length === 0 && !stale ? <NoAnswers onClear={clear} /> : null}
      {rows?.length !== 0 && (rows || answers.isPending) ? (
        <AnswersTable rows={rows} columns={columns} stale={stale} query={query} />
      ) : null}
      <LoadMore list={answers} />
      <PersonDrawer userId={query.open} onClose={() => setQuery({ ...query, open: '' })} />
      {isExporting && count ? (
        <ExportDialog filter={peopleFilter(query)} count={completionsText(count)} onClose={exporting.close} />
      ) : null}
      <KeysHelp opened={isHelping} onClose={helping.close} singleKeys={singleKeys} onTurn={turnSingleKeys} />
    </>
  )
}
