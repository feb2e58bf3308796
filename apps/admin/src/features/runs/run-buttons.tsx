'use client'

import { type RunDetails, runActions } from '@gangway/schemas/runs'
import { Button, Group, Modal } from '@mantine/core'
import { useDidUpdate } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { CancelForm } from './cancel-form.tsx'
import { RetryFromForm } from './retry-from-form.tsx'
import { RollBackForm } from './roll-back-form.tsx'
import { rollBackLabel } from './roll-back-label.ts'
import classes from './run-buttons.module.css'
import type { RunActions } from './use-run-actions.ts'

type Dialog = 'retryFrom' | 'cancel' | 'rollBack'

/** What can be done with a run in its state; each that changes more than its course asks first. */
export function RunButtons({ details: { run, pendingSync }, actions }: { details: RunDetails; actions: RunActions }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const possible = runActions(run.state)
  const close = () => setDialog(null)
  const open = (name: Dialog, action: { reset: () => void }) => () => {
    action.reset()
    setDialog(name)
  }
  const buttons = useRef<HTMLDivElement>(null)
  // The button that was pressed may be gone in the new state; the keyboard goes on where it stood.
  const keepFocus = () => {
    if (hasActed(actions) && document.activeElement === document.body) buttons.current?.focus({ preventScroll: true })
  }
  useDidUpdate(keepFocus, [run.state])
  const modal = (name: Dialog) => ({
    opened: dialog === name,
    onClose: close,
    onExitTransitionEnd: keepFocus,
    closeButtonProps: { 'aria-label': 'Close' },
    classNames: { title: classes.title },
  })
  return (
    <Group ref={buttons} tabIndex={-1} gap="xs" role="group" aria-label="Actions" className={classes.buttons}>
      {possible.includes('retry') ? (
        <>
          <Button onClick={() => actions.retry.mutate({ runId: run.id })} loading={actions.retry.isPending && dialog === null}>
            Retry
          </Button>
          <Button variant="default" onClick={open('retryFrom', actions.retry)}>
            Retry from stage…
          </Button>
        </>
      ) : null}
      {possible.includes('cancel') ? (
        <Button variant="default" onClick={open('cancel', actions.cancel)}>
          Cancel…
        </Button>
      ) : null}
      {possible.includes('roll_back') ? (
        <Button variant="default" onClick={open('rollBack', actions.rollBack)}>
          {rollBackLabel(run)}…
        </Button>
      ) : null}
      {possible.includes('sync') && pendingSync ? (
        <Button onClick={() => actions.sync.mutate({ id: pendingSync.id })} loading={actions.sync.isPending}>
          Sync now
        </Button>
      ) : null}
      <Modal {...modal('retryFrom')} title="Retry from a stage">
        <RetryFromForm run={run} action={actions.retry} onClose={close} />
      </Modal>
      <Modal {...modal('cancel')} title="Cancel the run">
        <CancelForm run={run} action={actions.cancel} onClose={close} />
      </Modal>
      <Modal {...modal('rollBack')} title={rollBackLabel(run)}>
        <RollBackForm run={run} action={actions.rollBack} onClose={close} />
      </Modal>
    </Group>
  )
}

function hasActed({ retry, cancel, rollBack, sync }: RunActions): boolean {
  return [retry, cancel, rollBack, sync].some(({ isSuccess }) => isSuccess)
}
