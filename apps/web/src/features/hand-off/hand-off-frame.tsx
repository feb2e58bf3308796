'use client'

import { Container, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { Brand } from '../shell/brand.tsx'
import { ColorSchemeSwitch } from '../shell/color-scheme-switch.tsx'
import { useWords } from '../words/words.ts'
import styles from './hand-off-frame.module.css'

/** The frame for people who need no account. Its heading takes the focus whenever it is another one. */
export function HandOffFrame({
  heading,
  above,
  lead,
  children,
}: {
  heading: string
  above?: string
  lead?: string
  children: ReactNode
}) {
  const title = useRef<HTMLHeadingElement>(null)
  const words = useWords()
  useEffect(() => {
    document.title = `${heading} · Gangway`
    title.current?.focus({ preventScroll: true })
  }, [heading])
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Brand />
        <ColorSchemeSwitch />
      </header>
      <Container component="main" lang={words.lang} size="42rem" px="lg" py={{ base: 'xl', sm: '3rem' }} w="100%">
        {above && (
          <Text size="sm" c="dimmed" fw={500}>
            {above}
          </Text>
        )}
        <Title order={1} size="h2" mt={4} mb={lead ? 6 : 'lg'} ref={title} tabIndex={-1}>
          {heading}
        </Title>
        {lead && (
          <Text c="dimmed" mb="xl">
            {lead}
          </Text>
        )}
        {children}
      </Container>
    </div>
  )
}
