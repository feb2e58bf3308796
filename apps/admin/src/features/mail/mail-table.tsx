'use client'

import type { Mail } from '@gangway/schemas/mail'
import { paths } from '../../paths.ts'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { MailStateLabel } from './mail-state-label.tsx'

const COLUMNS: readonly Column<Mail>[] = [
  { heading: 'Subject', width: '40%', cell: (mail) => mail.subject },
  { heading: 'To', width: '28%', cell: (mail) => mail.to },
  { heading: 'State', width: '14%', cell: (mail) => <MailStateLabel state={mail.state} /> },
  { heading: 'Time', width: '18%', cell: (mail) => <Moment at={mail.createdAt} /> },
]

export function MailTable({ mails }: { mails: readonly Mail[] | undefined }) {
  return (
    <RecordTable label="Mails" columns={COLUMNS} rows={mails} rowKey={(mail) => mail.id} href={(mail) => paths.mail(mail.id)} />
  )
}
