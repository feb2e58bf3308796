import type { Mail } from '@gangway/schemas/mail'
import { DataList } from '@mantine/core'
import type { ReactNode } from 'react'
import { Moment } from '../shell/moment.tsx'
import { MailStateLabel } from './mail-state-label.tsx'

/** Whom a mail is for, and how far it has come. */
export function MailFacts({ mail }: { mail: Mail }) {
  const { to, createdAt, state, sentAt, nextAttemptAt, attempts, lastError } = mail
  return (
    <DataList gap="xs" labelWidth="7rem">
      <Fact label="To">{to}</Fact>
      <Fact label="Written">
        <Moment at={createdAt} />
      </Fact>
      <Fact label="State">
        <MailStateLabel state={state} />
      </Fact>
      {state === 'sent' && sentAt ? (
        <Fact label="Sent">
          <Moment at={sentAt} />
        </Fact>
      ) : null}
      {attempts > 1 ? <Fact label="Attempts">{attempts}</Fact> : null}
      {nextAttemptAt ? (
        <Fact label="Next attempt">
          <Moment at={nextAttemptAt} />
        </Fact>
      ) : null}
      {lastError ? <Fact label="Server said">{lastError}</Fact> : null}
    </DataList>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}
