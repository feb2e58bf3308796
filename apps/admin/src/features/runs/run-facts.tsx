import { PLANS } from '@gangway/schemas/plans'
import type { RunDetails } from '@gangway/schemas/runs'
import { Anchor, DataList } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { durationText } from '../records/duration-text.ts'
import { Panel } from '../records/panel.tsx'
import { Absent } from '../records/record-table.tsx'
import { PENDING_SYNC_LABELS } from '../pending-syncs/pending-sync-label.tsx'
import { Moment } from '../shell/moment.tsx'
import classes from './run-facts.module.css'

/** Whatever else is known of a run, and what belongs to it. */
export function RunFacts({ details: { run, organization, lock, pendingSync } }: { details: RunDetails }) {
  return (
    <Panel title="Details">
      <DataList gap="xs" labelWidth="9.5rem" className={classes.facts}>
        <Fact label="Customer">
          {run.customerName} · {run.email}{' '}
          <Anchor component={Link} href={paths.person(run.userId)} inherit underline="always">
            Answers
          </Anchor>
        </Fact>
        <Fact label="Checkout">
          <code>{run.checkoutSessionId}</code>
        </Fact>
        <Fact label="Origin">{run.origin === 'operator' ? 'An operator, without a payment' : 'A paid checkout'}</Fact>
        <Fact label="Plan">{PLANS[run.plan].name}</Fact>
        <Fact label="Organization">
          {organization ? `${organization.name} · ${organization.slug} · ${organization.status}` : null}
        </Fact>
        <Fact label="Workspace">{run.workspace ? <code>{run.workspace}</code> : null}</Fact>
        <Fact label="Key fingerprint">{run.keyFingerprint ? <code>{run.keyFingerprint}</code> : null}</Fact>
        <Fact label="Lock">
          {lock
            ? `${lock.holder}, for ${durationText(lock.ageMs)}, token ${lock.fencingToken}${lock.expired ? ', expired' : ''}`
            : null}
        </Fact>
        <Fact label="Pending sync">
          {pendingSync ? `${PENDING_SYNC_LABELS[pendingSync.status]}, ${pendingSync.retryCount} retries` : null}
        </Fact>
        <Fact label="Taken up again">{run.sweeps === 0 ? 'never' : `${run.sweeps} times by the sweeper`}</Fact>
        <Fact label="Next try">{run.nextAttemptAt ? <Moment at={run.nextAttemptAt} /> : null}</Fact>
        <Fact label="Created">
          <Moment at={run.createdAt} />
        </Fact>
        <Fact label="Finished">{run.finishedAt ? <Moment at={run.finishedAt} /> : null}</Fact>
        <Fact label="Refunded">{run.refundedAt ? <Moment at={run.refundedAt} /> : null}</Fact>
      </DataList>
    </Panel>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children ?? <Absent />}</DataList.ItemValue>
    </DataList.Item>
  )
}
