'use client'

import { Button, EmptyState } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { ExportsTable } from './exports-table.tsx'
import { useExports } from './use-exports.ts'

/** Exports of answers that staff have asked for, newest first. */
export function ExportsPage() {
  const exports = useExports()
  const rows = exports.data?.pages.flatMap((page) => page.rows)
  return (
    <>
      <PageHeader
        title="Exports"
        description="Answers that were exported to files, newest first. Files are deleted after a while."
      />
      {exports.error ? <ProblemNotice error={exports.error} retry={() => void exports.refetch()} /> : null}
      {rows?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconDownload stroke={1.4} aria-hidden />}
          title="No exports yet"
          description="Filter the answers that you want, then choose Export."
        >
          <EmptyState.Actions>
            <Button component={Link} href={paths.answers()} variant="default">
              To the answers
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      ) : null}
      {rows?.length !== 0 && (rows || exports.isPending) ? <ExportsTable rows={rows} /> : null}
      <LoadMore list={exports} />
    </>
  )
}
