'use client'

import { Button, EmptyState } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter, useSearchParams } from 'next/navigation'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { MailDrawer } from './mail-drawer.tsx'
import { MailTable } from './mail-table.tsx'

/** Mails are written by the worker, seconds after what they are about. */
const REFRESH_MS = 5000

/** What was written to whom, and whether it has left; without an SMTP server, mails are read here. */
export function MailPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const openId = useSearchParams().get('message')
  const mails = useQuery(trpc.admin.mail.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
  return (
    <>
      <PageHeader title="Mail" description="Mails that Gangway has written, newest first, and whether they have left.">
        <Button component={Link} href={paths.mailTemplates()} variant="default" size="sm">
          Templates
        </Button>
      </PageHeader>
      {mails.error ? <ProblemNotice error={mails.error} retry={() => void mails.refetch()} /> : null}
      {mails.data?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconMail stroke={1.4} aria-hidden />}
          title="No mails yet"
          description="Welcome mails, invites and new passwords appear here once they are written."
        />
      ) : null}
      {mails.isPending || (mails.data && mails.data.length > 0) ? <MailTable mails={mails.data} /> : null}
      <MailDrawer
        opened={openId !== null && mails.data !== undefined}
        mail={mails.data?.find(({ id }) => id === openId)}
        onClose={() => router.push(paths.mail(), { scroll: false })}
      />
    </>
  )
}
