import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import type { DraftValue, Role, StepPatch } from '@gangway/schemas/questionnaire'
import { DEMO_DOMAIN } from './address.ts'
import type { Dice } from './dice.ts'
import type { Person } from './person.ts'

const TITLES: Record<Role, readonly string[]> = {
  founder: ['Founder', 'Co-founder', 'CEO'],
  executive: ['CTO', 'CFO', 'VP Engineering', 'COO'],
  engineering: ['Software Engineer', 'Platform Engineer', 'Staff Engineer', 'Engineering Manager'],
  product: ['Product Manager', 'Head of Product'],
  design: ['Product Designer', 'Design Lead'],
  data: ['Data Engineer', 'Data Analyst', 'Analytics Engineer', 'Head of Data'],
  marketing: ['Growth Manager', 'Marketing Lead'],
  sales: ['Account Executive', 'Sales Lead'],
  support: ['Support Engineer', 'Head of Support'],
  operations: ['Operations Manager', 'Chief of Staff'],
  finance: ['Controller', 'FP&A Manager', 'Head of Finance'],
  other: ['Consultant', 'Researcher'],
}

const TEAMS: Partial<Record<Role, string>> = { data: 'data', finance: 'finance', product: 'product', marketing: 'growth' }
const FAVOURITES = new Set(['OpenAI', 'Slack', 'GitHub', 'Postgres', 'Anthropic', 'BigQuery'])
const OTHER_TOOLS = ['Excel', 'Jira', 'Datadog', 'Fivetran', 'HubSpot', 'Power BI'] as const

/** What a person answers in a step when they complete it: valid for that step, whatever of it they were asked. */
export function answersTo(dice: Dice, step: ManifestStep, person: Person): StepPatch {
  if (step.kind === 'create-or-join') return { mode: 'create', name: person.company, slug: person.slug }
  const given = step.fields.map((field) => [field.name, answerTo(dice, field, person)] as const)
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}

function answerTo(dice: Dice, field: ManifestField, person: Person): DraftValue | undefined {
  const { name, company, timezone, role, firstName } = person
  const values = (field.options ?? []).map(({ value }) => value)
  switch (field.name) {
    case 'fullName':
      return name
    case 'companyName':
      return company
    case 'displayName':
      return dice.chance(0.35) ? firstName : undefined
    case 'jobTitle':
      return dice.chance(0.7) ? dice.pick(TITLES[role]) : undefined
    case 'role':
      return role
    case 'timezone':
      return timezone
    case 'team':
      return dice.chance(0.75)
        ? (TEAMS[role] ??
            dice.weighted([
              ['platform', 6],
              ['operations', 3],
              ['other', 2],
            ]))
        : undefined
    case 'tools':
      return [...values.filter((tool) => dice.chance(FAVOURITES.has(tool) ? 0.45 : 0.14)), ...dice.some(OTHER_TOOLS, 0.04)]
    case 'invites':
      return colleagues(dice, person)
    case 'language':
      return dice.chance(0.8) ? 'en' : dice.pick(['de', 'es', 'fr'])
    case 'productNews':
      return dice.chance(0.4)
    case 'weeklyDigest':
      return dice.chance(0.55)
  }
  if (values.length === 0) return undefined
  if (field.type === 'multi-select') return dice.some(values, 0.4)
  return dice.chance(0.8) ? dice.pick(values) : undefined
}

function colleagues(dice: Dice, { email }: Person): { email: string; role: string }[] {
  const [mark = ''] = email.split('@')
  return Array.from(
    {
      length: dice.weighted([
        [1, 5],
        [2, 4],
        [3, 2],
        [5, 1],
      ]),
    },
    (_, index) => ({
      email: `colleague${index + 1}.of.${mark}@${DEMO_DOMAIN}`,
      role: dice.chance(0.2) ? 'admin' : 'member',
    }),
  )
}

/** What keeps them from going on: the same answers with one that will not do. */
export function spoilt(dice: Dice, step: ManifestStep, answers: StepPatch): StepPatch {
  if (step.kind === 'create-or-join') return { ...answers, slug: dice.chance(0.5) ? 'My Company' : '2nd' }
  if (step.id === 'invites') return { ...answers, invites: [{ email: 'colleague', role: 'member' }] }
  const required = step.fields.filter((field) => field.required).map(({ name }) => name)
  const [missing = step.fields[0]?.name ?? ''] = required.filter(() => dice.chance(0.5))
  return required.length > 0 ? { ...answers, [missing]: null } : answers
}
