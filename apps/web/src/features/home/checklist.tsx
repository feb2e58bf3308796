'use client'

import { Anchor, Paper, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import Link from 'next/link'
import cardStyles from './card.module.css'
import styles from './checklist.module.css'
import { checklist, type Standing } from './next-action.ts'

export function Checklist({ standing }: { standing: Standing }) {
  const items = checklist(standing)
  const done = items.filter(({ isDone }) => isDone).length
  return (
    <Paper component="section" aria-labelledby="checklist" withBorder p="xl" className={cardStyles.card}>
      <div className={styles.top}>
        <Title order={2} size="h3" id="checklist">
          Your checklist
        </Title>
        <Text size="sm" c="dimmed">
          {done} of {items.length} done
        </Text>
      </div>
      <ul className={styles.list} aria-labelledby="checklist">
        {items.map(({ label, isDone, href }) => (
          <li key={label} className={styles.item}>
            {isDone ? (
              <IconCircleCheckFilled size={20} className={styles.done} aria-hidden />
            ) : (
              <IconCircle size={20} className={styles.open} aria-hidden />
            )}
            {href ? (
              <Anchor component={Link} href={href}>
                {label}
              </Anchor>
            ) : (
              <span>{label}</span>
            )}
            <VisuallyHidden>{isDone ? ', done' : ', not done yet'}</VisuallyHidden>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
