interface Rule {
  name: string
  message: string
  isBroken(given: ReadonlySet<string>, isProduction: boolean): boolean
}

/** One that production needs as soon as another is there. */
function needs(other: string, name: string, what: string): Rule {
  return {
    ...{ name, message: `is needed in production with ${other}: ${what}` },
    isBroken: (given, isProduction) => isProduction && given.has(other) && !given.has(name),
  }
}

/** One that would be read by nobody: most often the other one was forgotten. */
function idle(name: string, other: string): Rule {
  return { name, message: `does nothing without ${other}`, isBroken: (given) => given.has(name) && !given.has(other) }
}

const RULES: readonly Rule[] = [
  needs(
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'without it every webhook is refused, and payments are found by asking for them',
  ),
  needs('SMTP_URL', 'MAIL_FROM', 'the sender that people see'),
  ...['STRIPE_WEBHOOK_SECRET', 'STRIPE_API_BASE', 'STRIPE_PRICE_STARTER', 'STRIPE_PRICE_PROFESSIONAL', 'STRIPE_PRICE_SCALE'].map(
    (name) => idle(name, 'STRIPE_SECRET_KEY'),
  ),
  idle('BIGQUERY_LOCATION', 'BIGQUERY_PROJECT_ID'),
  idle('BIGQUERY_API_ENDPOINT', 'BIGQUERY_PROJECT_ID'),
  idle('KMS_API_ENDPOINT', 'KMS_KEY_NAME'),
  idle('MAIL_FROM', 'SMTP_URL'),
  idle('GANGWAY_PREVIOUS_ROOT_KEYS', 'GANGWAY_ROOT_KEY'),
]

/** What production must not run without. */
const PRODUCTION: readonly [name: string, message: string][] = [
  ['STRIPE_SECRET_KEY', 'production takes no sandbox payments'],
  ['GANGWAY_ROOT_KEY', 'production takes no generated secret: it would be lost with the machine'],
  ['GANGWAY_KEY_PEPPER', 'production takes no generated pepper: without it every API key is lost'],
  ['ADMIN_PASSWORD', 'production takes no generated password'],
]

/** What is wrong with the names together, whatever their values. */
export function unmetRules(given: ReadonlySet<string>, isProduction: boolean): string[] {
  const broken = RULES.filter((rule) => rule.isBroken(given, isProduction)).map(({ name, message }) => `${name}: ${message}`)
  const missing = PRODUCTION.filter(([name]) => isProduction && !given.has(name)).map(
    ([name, message]) => `${name}: is not set, and ${message}`,
  )
  return [...broken, ...missing]
}
