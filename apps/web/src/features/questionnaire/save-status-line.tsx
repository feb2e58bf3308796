'use client'

import { Anchor, Text } from '@mantine/core'
import { use } from 'react'
import type { SaveStatus } from './save-engine.ts'
import { SaveStatusContext, useWizard } from './wizard-context.ts'
import styles from './save-status-line.module.css'

/** Always there, so that nothing moves when it speaks. */
export function SaveStatusLine() {
  const status = use(SaveStatusContext)
  const { engine } = useWizard()
  return (
    <div className={styles.line}>
      <Text
        component="span"
        size="sm"
        c={status.kind === 'failed' || status.kind === 'refused' ? 'var(--mantine-color-error)' : 'dimmed'}
        role="status"
        aria-label="Saving"
      >
        {textOf(status)}
      </Text>
      {(status.kind === 'failed' || status.kind === 'queued') && (
        <Anchor component="button" type="button" size="sm" onClick={() => void engine.resume()}>
          Try again
        </Anchor>
      )}
    </div>
  )
}

function textOf(status: SaveStatus): string {
  switch (status.kind) {
    case 'untouched':
      return ''
    case 'typing':
    case 'saving':
      return 'Saving…'
    case 'saved':
      return 'Saved'
    case 'queued':
      return 'Saved on this device'
    case 'refused':
      return 'Not all of it is saved: see the message at the top of the page.'
    case 'conflict':
      return 'Not saved yet: choose between the two versions above.'
    case 'failed':
      return `Not saved yet: ${status.problem.message}`
  }
}
