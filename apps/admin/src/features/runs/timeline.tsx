import { STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { TimelineEntry } from '@gangway/schemas/runs'
import { Code, Text } from '@mantine/core'
import { durationText } from '../records/duration-text.ts'
import { Panel } from '../records/panel.tsx'
import { StatusLabel } from '../records/status-label.tsx'
import { MomentOfDay } from '../shell/moment.tsx'
import { TechnicalCauseText } from './technical-cause.tsx'
import { detailLines, entryLabel } from './timeline-texts.ts'
import classes from './timeline.module.css'

/** The journal of a run, oldest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Panel title="Journal">
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing is written down yet.
        </Text>
      ) : (
        <ol className={classes.entries} aria-label="Journal of the run">
          {entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { seq, stage, attempt, at, durationMs, pauseMs, failure, cause } = entry
  const { label, tone } = entryLabel(entry)
  const notes = [attempt > 1 ? `attempt ${attempt}` : '', durationMs === null ? '' : durationText(durationMs)].filter(Boolean)
  return (
    <li className={classes.entry}>
      <Text size="xs" c="dimmed" className={classes.seq}>
        {seq}
      </Text>
      <div className={classes.what}>
        <Text size="sm" component="div" className={classes.line}>
          <span className={classes.stage}>{STAGE_LABELS[stage]}</span>
          <StatusLabel tone={tone}>{label}</StatusLabel>
          {notes.length > 0 ? (
            <Text span size="sm" c="dimmed">
              {notes.join(' · ')}
            </Text>
          ) : null}
        </Text>
        {failure ? (
          <Text size="sm">
            <Code>{failure.code}</Code> {failure.message} <Code>{failure.errorId}</Code>
          </Text>
        ) : null}
        {cause ? <TechnicalCauseText cause={cause} /> : null}
        {pauseMs === null ? null : (
          <Text size="sm" c="dimmed">
            The next attempt came {durationText(pauseMs)} later.
          </Text>
        )}
        <Details detail={entry.detail} />
      </div>
      <Text size="xs" c="dimmed" className={classes.at}>
        <MomentOfDay at={at} />
      </Text>
    </li>
  )
}

function Details({ detail }: { detail: TimelineEntry['detail'] }) {
  const lines = detailLines(detail)
  if (lines.length === 0) return null
  return (
    <dl className={classes.details}>
      {lines.map(({ name, value }) => (
        <div key={name} className={classes.detail}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
