import type { FunnelGroup } from '@gangway/schemas/funnel'
import { Anchor, VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import type { FunnelQuery } from './funnel-query.ts'
import { numberText } from './number-text.ts'

interface PeopleLinkProps {
  people: number
  /** Null for those who cannot be asked for. */
  query: FunnelQuery | null
  group: FunnelGroup
}

/** A number of people, which leads to them. */
export function PeopleLink({ people, query, group }: PeopleLinkProps) {
  if (people === 0 || !query) return numberText(people)
  return (
    <Anchor component={Link} href={paths.funnelPeople({ ...query, group })} inherit c="inherit" underline="always">
      {numberText(people)}
      <VisuallyHidden> people: show them</VisuallyHidden>
    </Anchor>
  )
}
