import { styleText } from 'node:util'

const COLOURS = { good: 'green', bad: 'red', warning: 'yellow', quiet: 'dim', strong: 'bold' } as const

export type Tone = keyof typeof COLOURS

/** In a terminal that shows colours; the text as it is where nobody looks, or NO_COLOR is set. */
export function paint(tone: Tone, text: string): string {
  return styleText(COLOURS[tone], text, { stream: process.stdout })
}
