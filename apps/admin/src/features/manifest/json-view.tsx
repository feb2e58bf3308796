'use client'

import { manifestDraftSchema, type ManifestContent } from '@gangway/schemas/manifest'
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { ProblemList } from './problem-list.tsx'
import { type Problem, problemsOf } from './problems.ts'

interface JsonViewProps {
  content: ManifestContent
  onChange: (content: ManifestContent) => void
}

type Read = { content: ManifestContent; problems: Problem[] } | { content: null; problems: Problem[] }

/** What a text says, and what is wrong with it. */
function readJson(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { content: null, problems: [{ path: '', message: error instanceof Error ? error.message : 'This is no JSON.' }] }
  }
  const { data, error } = manifestDraftSchema.safeParse(value)
  if (data) return { content: data, problems: problemsOf(data) }
  return { content: null, problems: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
}

/** A draft as it is kept. */
export function JsonView({ content, onChange }: JsonViewProps) {
  const [text, setText] = useState(() => JSON.stringify(content, null, 2))
  const read = readJson(text)
  const isSame = read.content !== null && JSON.stringify(read.content) === JSON.stringify(content)
  return (
    <Stack>
      <Textarea
        aria-label="The draft as JSON"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } }}
      />
      <ProblemList problems={read.problems} />
      <Group>
        <Button
          variant="default"
          disabled={read.content === null || isSame}
          onClick={() => read.content && onChange(read.content)}
        >
          Take it over
        </Button>
      </Group>
    </Stack>
  )
}
