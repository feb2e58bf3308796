'use client'

import { Anchor, Text } from '@mantine/core'
import { use } from 'react'
import type { Words } from '../words/en.ts'
import { useWords } from '../words/words.ts'
import type { SaveStatus } from './save-engine.ts'
import { SaveStatusContext, useWizard } from './wizard-context.ts'
import styles from './save-status-line.module.css'

/** Always there, so that nothing moves when it speaks. */
export function SaveStatusLine() {
  const status = use(SaveStatusContext)
  const { engine } = useWizard()
  const words = useWords()
  return (
    <div className={styles.line}>
      <Text
        component="span"
        size="sm"
        c={status.kind === 'failed' || status.kind === 'refused' ? 'var(--mantine-color-error)' : 'dimmed'}
        role="status"
        aria-label={words.saving}
      >
        {textOf(status, words)}
      </Text>
      {(status.kind === 'failed' || status.kind === 'queued') && (
        <Anchor component="button" type="button" size="sm" onClick={() => void engine.resume()}>
          {words.tryAgain}
        </Anchor>
      )}
    </div>
  )
}

function textOf(status: SaveStatus, words: Words): string {
  switch (status.kind) {
    case 'untouched':
      return ''
    case 'typing':
    case 'saving':
      return words.isSaving
    case 'saved':
      return words.saved
    case 'queued':
      return words.savedHere
    case 'refused':
      return words.savedInPart
    case 'conflict':
      return words.savedOnceChosen
    case 'failed':
      return words.notSaved(status.problem.message)
  }
}
