import type { TechnicalCause } from '@gangway/schemas/runs'
import { Code, Text } from '@mantine/core'

/** An error as it was thrown: its name, its code and its text. */
export function TechnicalCauseText({ cause: { name, code, message } }: { cause: TechnicalCause }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {code ? `${name} · ${code}` : name}
      </Text>
      {/* Long texts scroll, for which the keyboard must get there. */}
      <Code block tabIndex={0} mt={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {message}
      </Code>
    </div>
  )
}
