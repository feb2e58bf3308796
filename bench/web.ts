import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from '@playwright/test'
import { freePorts, newDataDir, removeDataDir, startProduct } from '../tests/e2e/product.ts'
import { describeComputer, load } from './machine.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'
import { startEmptyApp } from './web/empty-app.ts'
import { signUpPerson } from './web/people.ts'
import { type Cookies, type Visit, visit } from './web/visit.ts'

export interface WebPlan {
  rounds: number
  command: string
}

interface Page {
  name: string
  path: string
  ready: string
  isPublic?: boolean
}

const SUBMIT = 'main button[type=submit]'
const PAGES: readonly Page[] = [
  { name: 'sign up', path: '/sign-up', ready: 'button[type=submit]', isPublic: true },
  { name: 'home', path: '/', ready: 'main a[href^="/o/"]' },
  ...['profile', 'work', 'tools', 'invites', 'preferences', 'workspace'].map((step, index) => ({
    ...{ name: `step ${index + 1}: ${step}`, path: `/o/${step}`, ready: SUBMIT },
  })),
  { name: 'plan', path: '/plan', ready: SUBMIT },
]
const EMPTY = 'an empty page'

/** What a first visit of each page costs in a real browser, next to an empty page of the same framework. */
export async function web({ rounds, command }: WebPlan): Promise<void> {
  console.log(describeComputer(command))
  const dataDir = newDataDir()
  const empty = await startEmptyApp()
  const product = await startProduct({ dataDir, ports: await freePorts() })
  const browser = await launch()
  try {
    const cookies = await signUpPerson(browser, product.urls)
    const visits = await alternate(browser, { rounds, cookies, web: product.urls.web, empty: empty.url })
    console.log(
      `\nfirst visits, ${rounds} rounds, ${browser.browserType().name()} ${browser.version()} (load ${load()} at the end)\n`,
    )
    console.log(show(visits))
  } finally {
    await browser.close()
    await Promise.all([product.stop(), empty.stop()])
    removeDataDir(dataDir)
  }
}

type Visits = Map<string, Visit[]>

/** A B C A B C …, so that whatever else the machine does falls on all alike. The first round warms the servers up. */
async function alternate(
  browser: Browser,
  { rounds, cookies, web, empty }: { rounds: number; cookies: Cookies; web: string; empty: string },
): Promise<Visits> {
  const visits: Visits = new Map()
  for (let round = 0; round <= rounds; round++) {
    const one = async (name: string, target: Parameters<typeof visit>[1]) => {
      const seen = await visit(browser, target)
      if (round > 0) visits.set(name, [...(visits.get(name) ?? []), seen])
    }
    await one(EMPTY, { url: empty, ready: 'h1' })
    for (const { name, path, ready, isPublic } of PAGES)
      await one(name, { url: web + path, ready, ...(!isPublic && { cookies }) })
  }
  return visits
}

function show(visits: Visits): string {
  const rows = [...visits].map(([name, seen]) => ({
    name,
    scripts: Math.max(...seen.map(({ scripts }) => scripts)) / 1024,
    later: Math.max(...seen.map(({ scriptsLater }) => scriptsLater)) / 1024,
    interactive: spread(seen.map(({ interactive }) => interactive)),
    shift: Math.max(...seen.map(({ shift }) => shift)),
  }))
  const [empty] = rows
  return table(
    ['page', 'JavaScript KB', '÷ empty', 'later KB', 'interactive ms', 'min–max', '÷ empty', 'layout shift'],
    rows.map(({ name, scripts, later, interactive, shift }, index) => {
      const other = index === 0 ? undefined : empty
      return [
        ...[name, number(scripts), ratio(scripts, other?.scripts), number(later)],
        ...[number(interactive.median), range(interactive), ratio(interactive.median, other?.interactive.median)],
        shift === 0 ? '0' : shift.toFixed(4),
      ]
    }),
  )
}

function launch(): Promise<Browser> {
  const script = fileURLToPath(new URL('../tooling/chromium.mjs', import.meta.url))
  const found = execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim().split('\n').at(-1)
  return chromium.launch({ ...(found && { executablePath: found }), chromiumSandbox: false, args: ['--disable-dev-shm-usage'] })
}
