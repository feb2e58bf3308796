import type { Role } from '@gangway/schemas/questionnaire'
import { suggestSlug } from '@gangway/schemas/slug'
import { DEMO_DOMAIN } from './address.ts'
import type { Dice } from './dice.ts'

const words = (text: string) => text.split(' ')

const FIRST = words(
  'Ada Amara Aiko Alice Andrei Anna Ben Björn Camille Carlos Chen Chloe Clara Daniel Diego Elena Emeka Emma Fatima Felix Grace ' +
    'Hana Hugo Ines Isaac Ivan Jonas Julia Kofi Lars Laura Leila Liam Lucia Maja Marco Maria Mei Mina Noah Nora Olga Omar Paula ' +
    'Pedro Priya Ravi Rosa Samir Sara Sofia Theo Uma Yara',
)
const LAST = words(
  'Abe Adeyemi Almeida Andersson Bauer Becker Bianchi Brown Castro Chen Costa Dubois Eriksen Fischer García Gupta Haas Hansen ' +
    'Hopper Ito Jensen Johnson Kaya Keller Khan Kim Kowalski Lang Lee Lopez Martin Mensah Meyer Moreau Nakamura Novak Okafor ' +
    'Oliveira Park Patel Petrov Rossi Sato Schmidt Silva Singh Smith Tanaka Vega Wagner Weber Wong Yilmaz Zhang',
)
const COMPANY = words(
  'Alder Amber Aurora Beacon Birch Bright Cedar Cobalt Copper Crescent Delta Ember Evergreen Falcon Fern Harbor Hazel Indigo ' +
    'Juniper Lantern Linden Lumen Maple Meridian Mosaic North Nova Oak Onyx Orchard Pebble Pine Quartz Raven River Saffron Sage ' +
    'Sierra Silver Summit Tidal Vertex Willow Zephyr',
)
const TRADES = words(
  'Analytics Bank Cloud Commerce Data Energy Foods Health Insurance Labs Logistics Media Mobility Robotics Software Studio ' +
    'Systems Travel Works',
)

/** With the hours that their clocks are ahead of UTC, in winter. */
const ZONES: readonly (readonly [Pick<Person, 'timezone' | 'hours'>, number])[] = [
  [{ timezone: 'Europe/Berlin', hours: 1 }, 18],
  [{ timezone: 'Europe/London', hours: 0 }, 14],
  [{ timezone: 'Europe/Paris', hours: 1 }, 9],
  [{ timezone: 'Europe/Madrid', hours: 1 }, 6],
  [{ timezone: 'Europe/Stockholm', hours: 1 }, 5],
  [{ timezone: 'America/New_York', hours: -5 }, 17],
  [{ timezone: 'America/Chicago', hours: -6 }, 7],
  [{ timezone: 'America/Los_Angeles', hours: -8 }, 11],
  [{ timezone: 'America/Sao_Paulo', hours: -3 }, 4],
  [{ timezone: 'Asia/Kolkata', hours: 5.5 }, 5],
  [{ timezone: 'Asia/Tokyo', hours: 9 }, 3],
  [{ timezone: 'Australia/Sydney', hours: 11 }, 3],
]

const ROLES: readonly (readonly [Role, number])[] = [
  ['engineering', 24],
  ['data', 17],
  ['founder', 12],
  ['product', 10],
  ['finance', 9],
  ['operations', 7],
  ['executive', 6],
  ['marketing', 5],
  ['sales', 4],
  ['support', 2],
  ['design', 2],
  ['other', 2],
]

export interface Person {
  id: string
  name: string
  firstName: string
  email: string
  company: string
  slug: string
  timezone: string
  /** That their clocks are ahead of UTC. */
  hours: number
  role: Role
}

/** The `n`th person of a batch, whose code is in their address and in the name of their organization. */
export function inventPerson(dice: Dice, { code, n }: { code: string; n: number }): Person {
  const [firstName, lastName] = [dice.pick(FIRST), dice.pick(LAST)]
  const company = `${dice.pick(COMPANY)} ${dice.pick(TRADES)}`
  const mark = `${code}${n.toString(36)}`
  return {
    ...{ id: dice.uuid(), firstName, name: `${firstName} ${lastName}`, company, role: dice.weighted(ROLES) },
    email: `${suggestSlug(firstName)}.${suggestSlug(lastName)}.${mark}@${DEMO_DOMAIN}`,
    slug: `demo_${suggestSlug(company).slice(0, 30)}_${mark}`,
    ...dice.weighted(ZONES),
  }
}
