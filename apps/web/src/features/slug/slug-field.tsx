'use client'

import { Text, TextInput, type TextInputProps } from '@mantine/core'
import type { Words } from '../words/en.ts'
import { useWords } from '../words/words.ts'
import type { SlugVerdict } from './use-slug-check.ts'
import styles from './slug-field.module.css'

interface SlugFieldProps extends TextInputProps {
  slug: string
  verdict: SlugVerdict
}

/** A slug, and live word on whether it can be had. */
export function SlugField({ slug, verdict, error, ...props }: SlugFieldProps) {
  const words = useWords()
  return (
    <div>
      <TextInput
        label={words.slug}
        description={words.slugHelp}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={error ?? takenText(verdict, words)}
        {...props}
      />
      <Text size="xs" role="status" aria-label={words.slug} className={styles.verdict} data-kind={verdict.kind}>
        {textOf(verdict, slug, words)}
      </Text>
    </div>
  )
}

function textOf({ kind }: SlugVerdict, slug: string, words: Words): string {
  if (kind === 'checking') return words.checking
  return kind === 'free' ? words.isFree(slug) : ''
}

function takenText(verdict: SlugVerdict, words: Words): string | undefined {
  if (verdict.kind !== 'taken') return undefined
  return verdict.reason === 'taken' ? words.isTaken : words.isReserved
}
