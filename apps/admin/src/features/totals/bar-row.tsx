import { VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import { type Amount, type Bar, difference } from './bars.ts'
import classes from './question-chart.module.css'

const NUMBER = new Intl.NumberFormat('en')
const SHARE = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
const POINTS = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' })

interface BarRowProps {
  /** The answer as people read it. */
  label: string
  bar: Bar
  /** The share that takes the whole width; 0 to 1. */
  longest: number
  href: string | null
}

export function BarRow({ label, bar, longest, href }: BarRowProps) {
  const { now, before } = bar
  return (
    <tr className={classes.row}>
      <th scope="row">
        {href ? (
          <Link href={href} className={classes.link}>
            {label}
            <VisuallyHidden>: show these people</VisuallyHidden>
          </Link>
        ) : (
          label
        )}
        <Track amount={now} longest={longest} period="now" />
        {before === undefined ? null : <Track amount={before} longest={longest} period="before" />}
      </th>
      {before === undefined ? (
        <>
          <td>{now ? NUMBER.format(now.total) : <Unknown />}</td>
          <td>{now ? SHARE.format(now.share) : <Unknown />}</td>
        </>
      ) : (
        <>
          <td>
            <Numbers amount={now} />
          </td>
          <td>
            <Numbers amount={before} />
          </td>
          <td>
            <Difference points={difference(bar)} />
          </td>
        </>
      )}
    </tr>
  )
}

function Track({ amount, longest, period }: { amount: Amount | null; longest: number; period: 'now' | 'before' }) {
  const width = amount && longest > 0 ? (amount.share / longest) * 100 : 0
  return (
    <span className={classes.track} aria-hidden>
      <span className={classes.bar} data-period={period} style={{ width: `${width}%` }} />
    </span>
  )
}

function Numbers({ amount }: { amount: Amount | null }) {
  if (!amount) return <Unknown />
  return (
    <>
      {SHARE.format(amount.share)}
      <span className={classes.total}>{NUMBER.format(amount.total)}</span>
    </>
  )
}

function Difference({ points }: { points: number | null }) {
  if (points === null) return <Unknown />
  return (
    <>
      {POINTS.format(points).replace('-', '−')}
      <span className={classes.total}>points</span>
    </>
  )
}

function Unknown() {
  return <span className={classes.total}>not known</span>
}
