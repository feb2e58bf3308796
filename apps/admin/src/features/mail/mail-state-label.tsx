import type { MailState } from '@gangway/schemas/mail'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

const LOOKS: Record<MailState, { tone: Tone; label: string }> = {
  kept: { tone: 'neutral', label: 'Kept here' },
  waiting: { tone: 'warning', label: 'Waiting' },
  sent: { tone: 'good', label: 'Sent' },
  refused: { tone: 'bad', label: 'Refused' },
}

export function MailStateLabel({ state }: { state: MailState }) {
  const { tone, label } = LOOKS[state]
  return <StatusLabel tone={tone}>{label}</StatusLabel>
}
