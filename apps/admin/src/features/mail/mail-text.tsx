import { Anchor, Text } from '@mantine/core'

const LINK = /(https?:\/\/[^\s<>"]+)/

/** A mail's plain text, with its links to click. */
export function MailText({ text }: { text: string }) {
  return (
    <Text component="pre" size="sm" ff="monospace" m={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text.split(LINK).map((part, index) =>
        LINK.test(part) ? (
          <Anchor key={index} href={part} target="_blank" rel="noopener noreferrer" inherit>
            {part}
          </Anchor>
        ) : (
          part
        ),
      )}
    </Text>
  )
}
