import type { Funnel, Milestone } from '@gangway/schemas/funnel'
import classes from './key-figures.module.css'
import { numberText, secondsText, shareText } from './number-text.ts'
import { countText } from '../records/count-text.ts'

const SHOWN = [
  ['Completed', 'completed'],
  ['Provisioned', 'provisioned'],
  ['First value', 'first_value'],
] as const

/** What most people want to know first. */
export function KeyFigures({ funnel: { milestones, timeToFirstValue } }: { funnel: Funnel }) {
  const people = (of: Milestone) => milestones.find(({ milestone }) => milestone === of)?.people ?? 0
  const started = people('started')
  return (
    <dl className={classes.figures}>
      <Figure name="Started" value={numberText(started)} more={started === 1 ? 'person' : 'people'} />
      {SHOWN.map(([name, milestone]) => (
        <Figure
          key={milestone}
          name={name}
          value={shareText(people(milestone), started)}
          more={countText({ value: people(milestone), exact: true }, 'person', 'people')}
        />
      ))}
      <Figure
        name="Time to first value"
        value={timeToFirstValue ? secondsText(timeToFirstValue.median) : '–'}
        more={timeToFirstValue ? `median; 9 in 10 within ${secondsText(timeToFirstValue.p90)}` : 'nobody yet'}
      />
    </dl>
  )
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.more}>{more}</dd>
    </div>
  )
}
