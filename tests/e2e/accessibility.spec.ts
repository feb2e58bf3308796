import { expect, type Page, test } from '@playwright/test'
import { newPerson, newSlug, PASSWORD } from './people.ts'
import { look, pressWhileOff, signUp } from './pages.ts'

const STEPS = [
  { id: 'profile', title: 'Your profile', heading: 'Who are you?' },
  { id: 'work', title: 'Your work', heading: 'What do you work on?' },
  { id: 'tools', title: 'Your tools', heading: 'Which tools do you use today?' },
  { id: 'invites', title: 'Your colleagues', heading: 'Who should join you?' },
  { id: 'preferences', title: 'Your preferences', heading: 'How do you like it?' },
  { id: 'workspace', title: 'Your workspace', heading: 'Where will your team work?' },
] as const

/** Through all steps; `onStep` finds each one open and untouched. */
async function walk(page: Page, onStep: (step: (typeof STEPS)[number]) => Promise<void>): Promise<void> {
  await page.goto('/o/profile')
  for (const step of STEPS) {
    await expect(page.getByRole('heading', { name: step.heading })).toBeVisible()
    await expect(page.getByRole('button', { name: /^(Next|Finish)$/ })).toBeVisible()
    await onStep(step)
    if (step.id === 'profile') {
      await page.getByLabel('Full name').fill('Ada Lovelace')
      await page.getByLabel('Company').fill('Acme Corp')
    }
    if (step.id === 'work') await page.getByLabel('Role').selectOption('Data')
    if (step.id === 'workspace') return
    await page.getByRole('button', { name: step.id === 'profile' || step.id === 'work' ? 'Next' : 'Skip this step' }).click()
  }
}

/** Nothing is wider than the page, whatever hides it. */
async function expectNoSideways(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(widths[0]).toBe(widths[1])
}

test('each step has its title, its heading with the focus, its place in the list, and no violation in light or dark', async ({
  page,
}) => {
  test.slow()
  await signUp(page)
  let number = 0
  await walk(page, async ({ id, title, heading }) => {
    number += 1
    await expect(page).toHaveTitle(`Step ${number} of 6: ${title}`)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused()
    const current = page.getByRole('navigation', { name: 'Steps' }).locator('[aria-current=step]')
    await expect(current).toHaveCount(1)
    await expect(current).toContainText(title)
    await expect(page.getByRole('link', { name: 'Finish later' })).toBeVisible()
    await expect(page.getByRole('status', { name: 'Saving' })).toBeAttached()
    await look(page, `step-${id}`)
  })
})

test('what is missing is summed up: the summary takes the focus, and each line leads to its field', async ({ page }) => {
  await signUp(page)
  await page.goto('/o/profile')
  await pressWhileOff(page)
  const summary = page.getByRole('alert').filter({ hasText: 'attention' })
  await expect(summary).toBeFocused()
  await expect(summary).toContainText('2 answers need your attention')
  await look(page, 'step-missing')
  await summary.getByRole('link', { name: /Enter the name of your company/ }).click()
  await expect(page.getByLabel('Company')).toBeFocused()
  await expect(page.getByLabel('Company')).toHaveAccessibleDescription(/Enter the name of your company/)
})

for (const [name, viewport] of [
  ['at 360 px', { width: 360, height: 740 }],
  // A window of 1280 px at 200 % has room for 640, and at 400 % for 320.
  ['at 200 %', { width: 640, height: 400 }],
  ['at 400 %', { width: 320, height: 256 }],
] as const) {
  test(`no page of the wizard scrolls sideways ${name}`, async ({ page }) => {
    await signUp(page)
    await page.setViewportSize(viewport)
    await walk(page, async ({ id }) => {
      await expectNoSideways(page)
      if (viewport.width === 360) await page.screenshot({ path: `test-results/pages/step-${id}-360.png`, fullPage: true })
    })
  })
}

/** The sum of all layout shifts of a page that was not asked for them. https://web.dev/articles/cls */
async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (Reflect.get(entry, 'hadRecentInput')) continue
        const sources: { node?: Element }[] = Reflect.get(entry, 'sources')
        shifts.push(`${Reflect.get(entry, 'value')} at ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(', ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => Reflect.get(window, 'shifts'))
}

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
]) {
  test(`nothing moves by itself on any page of the wizard, ${viewport.width} px wide`, async ({ page }) => {
    test.slow()
    await page.setViewportSize(viewport)
    await signUp(page)
    const shifts = await watchShifts(page)
    await walk(page, async ({ id, heading }) => {
      await page.reload()
      await expect(page.getByRole('heading', { name: heading })).toBeFocused()
      await expect(page.getByRole('button', { name: /^(Next|Finish)$/ })).toBeVisible()
      // What comes late has come by then: whom the step was handed to, and the word that it is saved.
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(1500)
      expect(await shifts(), id).toEqual([])
    })
  })
}

test('who wants no motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signUp(page)
  await walk(page, async () => {
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('main *, main *::before')]
        .filter((element) => {
          const { animationDuration, animationName, transitionDuration } = getComputedStyle(element)
          const longest = (times: string) => Math.max(...times.split(',').map((time) => Number.parseFloat(time)))
          return (animationName !== 'none' && longest(animationDuration) > 0.01) || longest(transitionDuration) > 0.01
        })
        .map((element) => element.className),
    )
    expect(moving).toEqual([])
  })
})

/** Presses Tab until the element has the focus; fails when it cannot be reached. */
async function tabTo(page: Page, name: string | RegExp, role: 'textbox' | 'combobox' | 'button' | 'checkbox'): Promise<void> {
  const wanted = page.getByRole(role, { name })
  for (let presses = 0; presses < 60; presses++) {
    if (
      await wanted
        .first()
        .evaluate((element) => element === document.activeElement)
        .catch(() => false)
    )
      return
    await page.keyboard.press('Tab')
  }
  await expect(wanted.first()).toBeFocused()
}

test('by keyboard alone from the account to the end of the questions', async ({ page }) => {
  test.slow()
  const person = newPerson()
  const type = async (name: string | RegExp, text: string) => {
    await tabTo(page, name, 'textbox')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(text)
  }
  const press = async (name: string | RegExp) => {
    await tabTo(page, name, 'button')
    await page.keyboard.press('Enter')
  }
  await page.goto('/sign-up')
  await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible()
  await type('Name', person.name)
  await type('E-mail', person.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
  for (let presses = 0; presses < 40; presses++) {
    if (await page.getByRole('link', { name: 'Continue' }).evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused()
  await type('Full name', 'Ada Lovelace')
  await type('Company', 'Acme Corp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  await tabTo(page, 'Role', 'combobox')
  await page.keyboard.type('Data')
  await expect(page.getByLabel('Role')).toHaveValue('data')
  await tabTo(page, 'Cost reporting', 'checkbox')
  await page.keyboard.press('Space')
  await press('Next')
  await expect(page.getByRole('heading', { name: 'Which tools do you use today?' })).toBeFocused()
  await tabTo(page, 'Tools', 'combobox')
  await page.keyboard.type('dbt')
  await page.keyboard.press('Enter')
  await press('Next')
  await expect(page.getByRole('heading', { name: 'Who should join you?' })).toBeFocused()
  await press('Skip this step')
  await expect(page.getByRole('heading', { name: 'How do you like it?' })).toBeFocused()
  await press('Skip this step')
  await expect(page.getByRole('heading', { name: 'Where will your team work?' })).toBeFocused()
  const slug = newSlug()
  await type('Workspace name', 'Acme Data')
  await type('Slug', slug)
  await expect(page.getByText(`${slug} is available.`)).toBeVisible()
  await press('Finish')
  await expect(page.getByRole('heading', { name: 'Choose your plan' })).toBeVisible()
})
