import type { ProgressEvent } from '@gangway/schemas/provisioning'
import { duration, type Screen } from './output.ts'
import { paint } from './paint.ts'
import { type StageProgress, stagesOf } from './stages.ts'

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100
const ERASE_BELOW = '\u001B[J'

export interface StagesScreen {
  show(event: ProgressEvent): void
  end(): void
}

/** The five stages, live and drawn over in a terminal; a line for each event where nobody looks at one. */
export function stagesScreen(screen: Screen, now: () => number = Date.now): StagesScreen {
  return screen.isTTY ? drawnOver(screen, now) : lineByLine(screen, now)
}

function drawnOver(screen: Screen, now: () => number): StagesScreen {
  const journal: ProgressEvent[] = []
  let [drawn, frame] = [0, 0]
  const draw = () => {
    const lines = stagesOf(journal, now()).map((stage) => stageLine(stage, SPINNER[frame++ % SPINNER.length] ?? ''))
    const up = drawn > 0 ? `\u001B[${drawn}F` : ''
    screen.write(`${up}${ERASE_BELOW}${lines.map((line) => `${line}\n`).join('')}`)
    drawn = lines.length
  }
  const timer = setInterval(draw, FRAME_MS)
  timer.unref()
  draw()
  return {
    show(event) {
      journal.push(event)
      draw()
    },
    end() {
      clearInterval(timer)
      draw()
    },
  }
}

function stageLine({ label, status, ms, message }: StageProgress, spinner: string): string {
  const text = label.padEnd(21)
  const took = duration(ms).padStart(9)
  // The message stays short of most terminals' width: a line that wraps could not be drawn over.
  const told = message ? `  ${message}` : ''
  switch (status) {
    case 'waiting':
      return paint('quiet', `  · ${text}`.trimEnd())
    case 'running':
      return `  ${spinner} ${text}${took}`
    case 'retrying':
      return `  ${paint('warning', '↻')} ${text}${took}${fit(told)}`
    case 'completed':
      return `  ${paint('good', '✓')} ${text}${took}`
    case 'failed':
      return `  ${paint('bad', '✗')} ${text}${took}${fit(told)}`
  }
}

const MESSAGE_WIDTH = 42

function fit(text: string): string {
  return text.length > MESSAGE_WIDTH ? `${text.slice(0, MESSAGE_WIDTH - 1)}…` : text
}

function lineByLine(screen: Screen, now: () => number): StagesScreen {
  const journal: ProgressEvent[] = []
  return {
    show(event) {
      journal.push(event)
      const stage = stagesOf(journal, now()).find((each) => each.stage === event.stage)
      if (!stage || event.status === 'started') return
      const told = event.failure ? `  ${event.failure.message}` : ''
      screen.write(`${event.status.padEnd(9)}  ${stage.label.padEnd(21)}  ${duration(stage.ms)}${told}\n`)
    },
    end() {},
  }
}
