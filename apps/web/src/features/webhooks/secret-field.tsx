'use client'

import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import styles from './webhooks.module.css'

export function SecretField({ secret }: { secret: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [result, setResult] = useState<'copied' | 'selected' | null>(null)

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret)
      setResult('copied')
    } catch {
      // Pages that are not secure have no clipboard: the person's own shortcut does it.
      input.current?.select()
      setResult('selected')
    }
  }

  return (
    <div>
      <div className={styles.secret}>
        <TextInput
          ref={input}
          label="Signing secret"
          value={secret}
          readOnly
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          classNames={{ input: styles.mono ?? '' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="default"
          onClick={() => void copy()}
          leftSection={result === 'copied' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          {result === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" aria-label="Copying" className={styles.said}>
        {result === 'copied' && 'The secret is in your clipboard.'}
        {result === 'selected' && 'The secret is selected: copy it with your keyboard.'}
      </p>
    </div>
  )
}
