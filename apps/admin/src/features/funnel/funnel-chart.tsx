import type { Funnel } from '@gangway/schemas/funnel'
import classes from './funnel-chart.module.css'
import type { FunnelQuery } from './funnel-query.ts'
import { STOP_LABELS } from './group-text.ts'
import { numberText, shareText } from './number-text.ts'
import { PeopleLink } from './people-link.tsx'
import { allStopped, barOf, placesOf } from './places.ts'

const PARTS = ['on', 'left', 'validation', 'system', 'waiting'] as const
const PART_LABELS = { on: 'Went on', ...STOP_LABELS }

/** How far people come: of each place a bar, as long as its people are among all, and their numbers beside it. */
export function FunnelChart({ funnel, query }: { funnel: Funnel; query: FunnelQuery }) {
  const places = placesOf(funnel)
  const started = places[0]?.people ?? 0
  return (
    <>
      <ul className={classes.legend} aria-label="Parts of a bar">
        {PARTS.map((part) => (
          <li key={part}>
            <span className={classes.part} data-part={part} aria-hidden /> {PART_LABELS[part]}
          </li>
        ))}
      </ul>
      <table className={classes.table} aria-label="How far people come">
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">People</th>
            <th scope="col">Of all</th>
            <th scope="col">Stopped</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const bar = barOf(place, started)
            return (
              <tr key={place.id}>
                <th scope="row">
                  {place.label}
                  <span className={classes.track} aria-hidden>
                    {PARTS.map((part) => (
                      <span key={part} className={classes.part} data-part={part} style={{ width: `${bar[part] * 100}%` }} />
                    ))}
                  </span>
                </th>
                <td>
                  <PeopleLink people={place.people} query={query} group={place.reached} />
                </td>
                <td>{shareText(place.people, started)}</td>
                <td>{numberText(allStopped(place.stopped))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
