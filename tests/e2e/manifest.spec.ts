import { openSql } from '@gangway/db/client'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { look, signUp } from './pages.ts'
import { newPerson, newSlug, signInByApi } from './people.ts'
import { freePorts, newDataDir, type Product, removeDataDir, secrets, startProduct } from './product.ts'

// What is published is for everybody: these tests have a product of their own.
test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => {
  test.setTimeout(120_000)
  product = await startProduct({
    dataDir: newDataDir(),
    ports: await freePorts(),
    env: { AUTH_ATTEMPTS_PER_MINUTE: '10000' },
  })
})
test.afterAll(async () => {
  await product.stop()
  removeDataDir(product.dataDir)
})

const STAFF = 'admin@localhost.test'

async function staffPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: product.urls.admin })).newPage()
  await page.goto('/manifests')
  await page.getByLabel('E-mail').fill(STAFF)
  await page.getByLabel('Password', { exact: true }).fill(secrets(product.dataDir).adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Questions' })).toBeVisible()
  return page
}

async function newCustomer(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: product.urls.web })).newPage()
  await signUp(page, newPerson())
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  return page
}

async function publish(staff: Page, note: string): Promise<void> {
  await staff.getByRole('button', { name: 'Publish…' }).click()
  const dialog = staff.getByRole('dialog')
  await expect(dialog.getByRole('table')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Why' }).fill(note)
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(staff.getByRole('heading', { level: 1, name: 'Questions' })).toBeVisible()
}

test('questions that are published while somebody answers are for those who begin afterwards', async ({ browser }) => {
  test.setTimeout(300_000)
  const ada = await newCustomer(browser)
  await ada.getByLabel('Role').selectOption('Data')
  await ada.getByRole('button', { name: 'Next' }).click()
  await expect(ada.getByRole('heading', { name: 'Which tools do you use today?' })).toBeVisible()

  const staff = await staffPage(browser)
  await look(staff, 'admin-questions')
  await staff.getByRole('button', { name: 'Change the questions' }).click()
  await expect(staff.getByRole('heading', { level: 1, name: 'Draft: Built-in' })).toBeVisible()
  await staff.getByRole('button', { name: '2. Your work' }).click()
  await staff.getByRole('button', { name: 'Add a question' }).click()
  await staff.getByLabel('Label').fill('How many seats?')
  await staff.getByRole('textbox', { name: 'Name', exact: true }).last().fill('seats')
  await staff.getByLabel('Type').selectOption('Number')
  await staff.getByLabel('Has to be answered').check()
  await staff.getByLabel('At least').fill('1')
  const asked = staff.getByRole('group', { name: 'Asked when' }).last()
  await asked.getByRole('button', { name: 'Add a rule' }).click()
  await asked.getByLabel('Question of rule 1').selectOption('Your work: Role')
  await asked.getByLabel('Value of rule 1').selectOption('Founder')
  await look(staff, 'admin-questions-editor')

  await staff.getByRole('tab', { name: 'Preview' }).click()
  const preview = staff.getByRole('tabpanel')
  await preview.getByLabel('Full name').fill('Ada')
  await preview.getByLabel('Company').fill('Acme')
  await preview.getByRole('button', { name: 'Next' }).click()
  await expect(preview.getByLabel('How many seats?')).toBeHidden()
  await preview.getByLabel('Role').selectOption('Founder')
  await expect(preview.getByLabel('How many seats?')).toBeVisible()
  await preview.getByRole('button', { name: 'Next' }).click()
  await expect(preview.getByText('Answer this question.')).toBeVisible()
  await look(staff, 'admin-questions-preview')
  await preview.getByLabel('How many seats?').fill('12')
  await preview.getByRole('button', { name: 'Next' }).click()
  await preview.getByRole('button', { name: 'Skip this step' }).click()
  await preview.getByLabel('E-mail of colleague 1').fill('not an address')
  await preview.getByRole('button', { name: 'Next' }).click()
  await expect(preview.getByText('Enter a valid e-mail address.')).toBeVisible()
  await look(staff, 'admin-questions-preview-colleagues')
  for (let step = 4; step <= 5; step++) await preview.getByRole('button', { name: 'Skip this step' }).click()
  await preview.getByLabel('Join a workspace by invitation').check()
  await expect(preview.getByLabel('Invitation code')).toBeVisible()
  await staff.getByRole('tab', { name: 'JSON' }).click()
  await expect(staff.getByLabel('The draft as JSON')).toHaveValue(/"seats"/)
  await publish(staff, 'Sales wants to know')
  await expect(staff.getByRole('row').filter({ hasText: 'Sales wants to know' })).toContainText('Asked now')
  // Whoever reads answers finds the new question under its name.
  await staff.getByRole('link', { name: 'Answers', exact: true }).click()
  await staff.getByRole('button', { name: 'Columns' }).click()
  await expect(staff.getByRole('checkbox', { name: 'How many seats?' })).toBeVisible()
  await staff.keyboard.press('Escape')
  await staff.getByRole('link', { name: 'Questions', exact: true }).click()

  // Ada finishes what she began.
  for (const heading of ['Which tools do you use today?', 'Who should join you?', 'How do you like it?']) {
    await expect(ada.getByRole('heading', { name: heading })).toBeVisible()
    await ada.getByRole('button', { name: 'Skip this step' }).click()
  }
  await expect(ada.getByRole('heading', { name: 'Where will your team work?' })).toBeVisible()
  await ada.getByRole('link', { name: /^Your work ?, done/ }).click()
  await ada.getByLabel('Role').selectOption('Founder')
  await expect(ada.getByLabel('Team', { exact: true })).toBeVisible()
  await expect(ada.getByLabel('How many seats?')).toBeHidden()
  await ada.getByRole('button', { name: 'Next' }).click()
  await ada.getByRole('link', { name: /Your workspace/ }).click()
  const slug = newSlug()
  await ada.getByRole('textbox', { name: 'Slug' }).fill(slug)
  await expect(ada.getByText(`${slug} is available.`)).toBeVisible()
  await ada.getByRole('button', { name: 'Finish' }).click()
  await expect(ada.getByRole('heading', { name: 'Choose your plan' })).toBeVisible()

  // Grace, who begins now, is asked, as soon as it applies to her.
  const grace = await newCustomer(browser)
  await grace.getByLabel('Role').selectOption('Design')
  await expect(grace.getByLabel('How many seats?')).toBeHidden()
  await grace.getByLabel('Role').selectOption('Founder')
  await expect(grace.getByLabel('How many seats?')).toBeVisible()
  // The button looks as if it were off, and says what is missing.
  await grace.getByRole('button', { name: 'Next' }).press('Enter')
  const summary = grace.getByRole('alert').filter({ hasText: 'needs your attention' })
  await expect(summary).toBeFocused()
  await summary.getByRole('link', { name: 'How many seats? Answer this question.' }).click()
  await expect(grace.getByLabel('How many seats?')).toBeFocused()
  await grace.getByLabel('How many seats?').fill('12')
  await look(grace, 'wizard-published')
  await grace.getByRole('button', { name: 'Next' }).click()
  await expect(grace.getByRole('heading', { name: 'Which tools do you use today?' })).toBeVisible()

  // Rolled back, the next one is not asked.
  await staff.getByRole('link', { name: '1: Built-in' }).click()
  await staff.getByRole('button', { name: 'Publish it again…' }).click()
  await staff.getByRole('textbox', { name: 'Why' }).fill('Too many questions')
  await staff.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await expect(staff.getByRole('row').filter({ hasText: 'Too many questions' })).toContainText('Asked now')
  const edith = await newCustomer(browser)
  await edith.getByLabel('Role').selectOption('Founder')
  await expect(edith.getByLabel('Team', { exact: true })).toBeVisible()
  await expect(edith.getByLabel('How many seats?')).toBeHidden()
})

test('steps and questions are moved by the keyboard, and a draft that cannot work is not published', async ({ browser }) => {
  const staff = await staffPage(browser)
  await staff.getByRole('button', { name: 'Change the questions' }).click()
  const steps = staff.getByRole('navigation', { name: 'Steps' }).getByRole('listitem')
  await staff.getByRole('button', { name: '3. Your tools' }).focus()
  await staff.keyboard.press('Alt+ArrowUp')
  await expect(staff.getByRole('button', { name: '2. Your tools' })).toBeFocused()
  await staff.keyboard.press('Alt+ArrowDown')
  await expect(staff.getByRole('button', { name: '3. Your tools' })).toBeFocused()
  await staff.getByRole('button', { name: 'Move Your profile down' }).click()
  await expect(steps.first()).toContainText('1. Your work')

  await staff.getByRole('button', { name: 'Add a step' }).click()
  await expect(staff.getByRole('button', { name: 'Publish…' })).toBeDisabled()
  await staff.getByRole('tab', { name: /^Problems/ }).click()
  await expect(staff.getByText('steps.6.title.en').first()).toBeVisible()
  await staff.getByRole('tab', { name: 'JSON' }).click()
  await staff.getByLabel('The draft as JSON').fill('{ "name": 5 }')
  await expect(staff.getByText('Invalid input: expected string, received number')).toBeVisible()
  await look(staff, 'admin-questions-json')
  // What is not saved is not lost by a link that was pressed in passing.
  let asked = ''
  staff.once('dialog', (dialog) => {
    asked = dialog.message()
    void dialog.dismiss()
  })
  await staff.getByRole('link', { name: 'Flags' }).click()
  expect(asked).toContain('not saved')
  await expect(staff.getByLabel('The draft as JSON')).toHaveValue('{ "name": 5 }')
  // Nor by a look at another tab of the page.
  await staff.getByRole('tab', { name: 'Questions' }).click()
  await expect(staff.getByText('JSON not taken over')).toBeVisible()
  await staff.getByRole('tab', { name: 'JSON' }).click()
  await expect(staff.getByLabel('The draft as JSON')).toHaveValue('{ "name": 5 }')
  await staff.getByRole('button', { name: 'Discard it' }).click()
  await expect(staff.getByLabel('The draft as JSON')).toHaveValue(/"steps"/)
  await expect(staff.getByText('Unsaved changes')).toBeVisible()
})

test('the wizard speaks the language of its questions', async ({ browser }) => {
  const trpc = await signInByApi(product.urls.api, STAFF, secrets(product.dataDir).adminPassword)
  const { current } = await trpc.admin.manifests.list.query()
  const { id, revision, content } = await trpc.admin.manifests.createDraft.mutate({ version: current })
  if (!id) throw new Error('a draft has an id')
  const steps = content.steps.map((step) =>
    step.id === 'profile'
      ? { ...step, title: { ...step.title, de: 'Ihr Profil' }, question: { ...step.question, de: 'Wer sind Sie?' } }
      : step,
  )
  const draft = { ...content, languages: [...content.languages, 'de' as const], steps }
  const saved = await trpc.admin.manifests.saveDraft.mutate({ id, revision, content: draft })
  await trpc.admin.manifests.publish.mutate({ id, revision: saved.revision, current, note: 'For Berlin' })

  const context = await browser.newContext({ baseURL: product.urls.web, locale: 'de-DE' })
  const page = await context.newPage()
  await signUp(page, newPerson())
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Wer sind Sie?' })).toBeVisible()
  await expect(page).toHaveTitle('Schritt 1 von 6: Ihr Profil')
  await expect(page.locator('[lang=de]').filter({ has: page.getByRole('button', { name: 'Weiter' }) })).toBeVisible()
  await page.getByRole('button', { name: 'Weiter' }).press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: '2 Antworten fehlen oder passen nicht' })).toBeFocused()
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect(page.getByRole('status', { name: 'Speichern' })).toHaveText('Gespeichert')
  await context.setOffline(true)
  await page.getByLabel('Full name').fill('Ada King')
  const banner = page.getByRole('status', { name: 'Verbindung' })
  await expect(banner).toHaveText('Offline: Ihre Antworten sind auf diesem Gerät gespeichert. 1 Änderung wartet auf das Senden.')
  await look(page, 'wizard-german')
  await context.setOffline(false)
  await expect(page.getByRole('status', { name: 'Speichern' })).toHaveText('Gespeichert')
})

test('staff turn a flag, and see what variants make of it', async ({ browser }) => {
  const staff = await staffPage(browser)
  await staff.getByRole('link', { name: 'Flags' }).click()
  await expect(staff.getByText('No flags yet')).toBeVisible()
  await staff.getByRole('button', { name: 'Add a flag' }).click()
  const dialog = staff.getByRole('dialog')
  await dialog.getByLabel('Key').fill('Not a key')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Begin with a small letter; use small letters, digits, dots and hyphens.')).toBeVisible()
  await dialog.getByLabel('Key').fill('seats')
  await dialog.getByLabel('Scale').check()
  await look(staff, 'admin-flag')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const flag = staff.getByRole('row').filter({ hasText: 'seats' })
  await expect(flag).toContainText('Scale')
  await flag.getByRole('switch', { name: 'seats is on' }).press('Space')
  await expect(flag.getByRole('switch', { name: 'seats is on' })).toBeChecked()
  await look(staff, 'admin-flags')

  await staff.getByRole('link', { name: 'Experiments' }).click()
  await expect(staff.getByText('No experiments yet')).toBeVisible()
  const version = await publishVariants()
  await answerInVariants(version)
  await staff.reload()
  const results = staff.getByRole('table', { name: `Variants of version ${version}` })
  await expect(results.getByRole('row').filter({ hasText: 'short' })).toContainText('More complete')
  await expect(results.getByRole('row').filter({ hasText: 'long' })).toContainText('Not enough data yet')
  await expect(staff.getByText('R. G. Newcombe, Statistics in Medicine 17 (1998)')).toBeVisible()
  await look(staff, 'admin-experiments')
})

/** A version with variants, by the API. */
async function publishVariants(): Promise<number> {
  const trpc = await signInByApi(product.urls.api, STAFF, secrets(product.dataDir).adminPassword)
  const { current } = await trpc.admin.manifests.list.query()
  const { id, revision, content } = await trpc.admin.manifests.createDraft.mutate({ version: current })
  if (!id) throw new Error('a draft has an id')
  const variants = [
    { id: 'control', weight: 2 },
    { id: 'short', weight: 2, steps: content.steps.filter((step) => step.id !== 'preferences') },
    { id: 'long', weight: 1, steps: content.steps },
  ]
  const saved = await trpc.admin.manifests.saveDraft.mutate({ id, revision, content: { ...content, name: 'Shorter', variants } })
  const published = await trpc.admin.manifests.publish.mutate({
    id,
    revision: saved.revision,
    current,
    note: 'Is shorter better?',
  })
  return published.version
}

/** People who have seen these variants, some of whom have completed: more than a test could click. */
async function answerInVariants(version: number): Promise<void> {
  const sql = openSql({ url: product.superuserUrl(), name: 'e2e-experiment' })
  await sql`
    with people as (
      insert into users (name, email)
      select 'Somebody', variant || number || '@experiment.example'
      from (values ('control', 400), ('short', 400), ('long', 20)) as variants (variant, people), generate_series(1, people) as number
      returning id, substring(email from '^[a-z]+') as variant, substring(email from '[0-9]+')::int as number
    ), sessions as (
      insert into onboarding_sessions (user_id, schema_version, manifest_version, variant, current_step, checksum, status, completed_at)
      select id, 1, ${version}, variant, 'work', '', done.status, case when done.status = 'completed' then now() end
      from people, lateral (select case when number <= (case variant when 'short' then 260 else 180 end) then 'completed' else 'open' end as status) done
      returning id, user_id, variant
    )
    insert into exposures (session_id, user_id, manifest_version, variant, step)
    select id, user_id, ${version}, variant, 'profile' from sessions`
  await sql.end()
}
