'use client'

import type { StarterKit } from '@gangway/schemas/starter'
import { Anchor, Badge, Group, Paper, Text, Title } from '@mantine/core'
import { IconFileText, IconMessageCircle, IconNotebook } from '@tabler/icons-react'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import styles from './starter-kit-cards.module.css'

export function NotebookCard({ kit: { notebook, documents } }: { kit: StarterKit }) {
  if (!notebook) return null
  return (
    <Paper component="article" aria-labelledby="notebook" withBorder p="xl">
      <Group gap="sm" wrap="nowrap">
        <IconNotebook size={22} aria-hidden />
        <Title order={3} size="h4" id="notebook">
          {notebook.title}
        </Title>
      </Group>
      <Group gap={6} mt="sm" component="ul" aria-label="Tags" className={styles.plain}>
        {notebook.tags.map((tag) => (
          <li key={tag}>
            <Badge variant="default" tt="none" fw={500}>
              {tag}
            </Badge>
          </li>
        ))}
      </Group>
      {documents.length === 0 ? (
        <Text c="dimmed" mt="md">
          No documents in this notebook.
        </Text>
      ) : (
        <ul className={styles.documents} aria-label="Documents">
          {documents.map(({ id, title, isSample }) => (
            <li key={id} className={styles.document}>
              <IconFileText size={18} aria-hidden className={styles.icon} />
              <Anchor component={Link} href={paths.document(id)}>
                {title}
              </Anchor>
              {isSample && (
                <Text size="xs" c="dimmed">
                  Sample
                </Text>
              )}
            </li>
          ))}
        </ul>
      )}
    </Paper>
  )
}

export function AssistantCard({ kit: { assistant, notebook } }: { kit: StarterKit }) {
  if (!assistant) return null
  return (
    <Paper component="article" aria-labelledby="assistant" withBorder p="xl">
      <Group gap="sm" wrap="nowrap">
        <IconMessageCircle size={22} aria-hidden />
        <Title order={3} size="h4" id="assistant">
          {assistant.name}
        </Title>
      </Group>
      <Text mt="sm">
        Answers questions{notebook ? ` about what is in ${notebook.title}` : ''}. It sees nothing else of yours.
      </Text>
    </Paper>
  )
}
