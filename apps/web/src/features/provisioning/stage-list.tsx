'use client'

import { STAGE_LABELS, type StageId } from '@gangway/schemas/provisioning'
import { Loader, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircle } from '@tabler/icons-react'
import { Elapsed } from './elapsed.tsx'
import styles from './stage-list.module.css'
import type { RunProgress, StageRow } from './stage-rows.ts'

const SENTENCES: Record<StageId, string> = {
  verify_payment: 'We ask the payment provider whether your payment has arrived.',
  create_organization: 'Your organization is entered, and you become its owner.',
  set_up_workspace: 'Your dataset, its tables and its view are made and checked.',
  generate_api_key: 'Your key is made. We keep only a hash of it.',
  finalize: 'The last records are written, and your colleagues are invited.',
}

const STATES = { waiting: 'waiting', active: 'in progress', retrying: 'trying again', done: 'done', failed: 'failed' } as const

export function StageList({ progress }: { progress: RunProgress }) {
  return (
    <ol className={styles.list} aria-label="Stages of the setup">
      {progress.rows.map((row) => (
        <li
          key={row.id}
          className={styles.row}
          data-state={row.state}
          aria-current={row.state === 'active' || row.state === 'retrying' ? 'step' : undefined}
        >
          <span className={styles.icon} aria-hidden>
            <StageIcon state={row.state} />
          </span>
          <div className={styles.text}>
            <Text fw={600}>
              {STAGE_LABELS[row.id]}
              <VisuallyHidden>, {STATES[row.state]}</VisuallyHidden>
            </Text>
            <Text size="sm" c="dimmed">
              {sentenceOf(row, progress)}
            </Text>
          </div>
          <Elapsed row={row} />
        </li>
      ))}
    </ol>
  )
}

function sentenceOf({ id, state, failures }: StageRow, { state: runState }: RunProgress): string {
  if (id === 'verify_payment' && runState === 'awaiting_payment') return 'Your payment has not cleared yet. We wait for it.'
  if (state === 'retrying') return `That did not work at first. We try again by ourselves: attempt ${failures + 1}.`
  return SENTENCES[id]
}

function StageIcon({ state }: { state: StageRow['state'] }) {
  switch (state) {
    case 'waiting':
      return <IconCircle size={20} />
    case 'active':
    case 'retrying':
      return <Loader size={18} />
    case 'done':
      return <IconCheck size={18} stroke={2.5} />
    case 'failed':
      return <IconAlertTriangle size={18} />
  }
}
