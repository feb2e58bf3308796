'use client'

import { Button, Group, Paper, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { nextAction, type Standing } from './next-action.ts'
import styles from './card.module.css'

export function NextStepCard({ standing }: { standing: Standing }) {
  const { title, text, link } = nextAction(standing)
  // A plan can be chosen whether or not the questions are answered.
  const canPay = standing.session.status === 'open' && standing.runs.length === 0 && standing.organizations.length === 0
  return (
    <Paper component="section" aria-labelledby="next-step" withBorder p="xl" className={styles.card}>
      <Text size="sm" c="dimmed" fw={500}>
        What comes next
      </Text>
      <Title order={2} size="h3" id="next-step" mt={4}>
        {title}
      </Title>
      <Text mt="xs">{text}</Text>
      <Group mt="lg">
        {link && (
          <Button component={Link} href={link.href}>
            {link.label}
          </Button>
        )}
        {canPay && (
          <Button component={Link} href={paths.plan()} variant="subtle">
            Choose a plan
          </Button>
        )}
      </Group>
    </Paper>
  )
}
