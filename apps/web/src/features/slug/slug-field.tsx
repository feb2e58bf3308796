'use client'

import { Text, TextInput, type TextInputProps } from '@mantine/core'
import type { SlugVerdict } from './use-slug-check.ts'
import styles from './slug-field.module.css'

interface SlugFieldProps extends TextInputProps {
  slug: string
  verdict: SlugVerdict
}

/** A slug, and live word on whether it can be had. */
export function SlugField({ slug, verdict, error, ...props }: SlugFieldProps) {
  return (
    <div>
      <TextInput
        label="Slug"
        description="Your permanent name in addresses and in the warehouse: lower-case letters, digits and underscores."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={error ?? (verdict.kind === 'taken' ? verdict.message : undefined)}
        {...props}
      />
      <Text size="xs" role="status" aria-label="Slug" className={styles.verdict} data-kind={verdict.kind}>
        {textOf(verdict, slug)}
      </Text>
    </div>
  )
}

function textOf({ kind }: SlugVerdict, slug: string): string {
  if (kind === 'checking') return 'Checking…'
  return kind === 'free' ? `${slug} is available.` : ''
}
