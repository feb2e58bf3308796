'use client'

import { manifestDraftSchema, type ManifestContent } from '@gangway/schemas/manifest'
import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { ProblemList } from './problem-list.tsx'
import { type Problem, problemsOf } from './problems.ts'

export interface TypedJson {
  text: string
  /** What the draft was when it was begun. */
  begunOn: ManifestContent
}

interface JsonViewProps {
  content: ManifestContent
  /** What was typed and not taken over yet. */
  typed: TypedJson | null
  onType: (typed: TypedJson | null) => void
  onTake: (content: ManifestContent) => void
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
export function JsonView({ content, typed, onType, onTake }: JsonViewProps) {
  const draft = JSON.stringify(content, null, 2)
  const text = typed?.text ?? draft
  const read = readJson(text)
  return (
    <Stack>
      <Textarea
        aria-label="The draft as JSON"
        value={text}
        onChange={({ currentTarget: { value } }) =>
          onType(value === draft ? null : { text: value, begunOn: typed?.begunOn ?? content })
        }
        rows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } }}
      />
      <ProblemList problems={read.problems} />
      {typed && typed.begunOn !== content ? (
        <Text size="sm" role="status">
          The draft was changed since this was begun. Whoever takes this over replaces those changes.
        </Text>
      ) : null}
      <Group>
        <Button
          variant="default"
          disabled={read.content === null || typed === null}
          onClick={() => read.content && onTake(read.content)}
        >
          Take it over
        </Button>
        <Button variant="subtle" disabled={typed === null} onClick={() => onType(null)}>
          Discard it
        </Button>
      </Group>
    </Stack>
  )
}
