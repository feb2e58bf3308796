import type { Funnel, Stop } from '@gangway/schemas/funnel'
import { type Column, RecordTable } from '../records/record-table.tsx'
import type { FunnelQuery } from './funnel-query.ts'
import { STOP_LABELS } from './group-text.ts'
import { PeopleLink } from './people-link.tsx'
import { allStopped, type Place, placesOf } from './places.ts'

const REASONS = ['left', 'validation', 'system', 'waiting'] as const

/** Where people stopped, and why. */
export function StopsTable({ funnel, query }: { funnel: Funnel; query: FunnelQuery }) {
  const reason = (stop: Stop): Column<Place> => ({
    heading: STOP_LABELS[stop],
    width: '17%',
    numeric: true,
    cell: ({ stopped, stoppedBy }) => <PeopleLink people={stopped[stop]} query={query} group={stoppedBy(stop)} />,
  })
  const columns = [{ heading: 'Where', width: '32%', cell: (place: Place) => place.stopLabel } as const, ...REASONS.map(reason)]
  const places = placesOf(funnel).filter(({ stopped }) => allStopped(stopped) > 0)
  return <RecordTable label="Where people stop, and why" columns={columns} rows={places} rowKey={({ id }) => id} />
}
