import type { Browser, CDPSession } from '@playwright/test'

export type Cookies = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

export interface Visit {
  /** Bytes of JavaScript over the network, as compressed: what was asked for before the page was interactive, and after. */
  scripts: number
  scriptsLater: number
  /** Milliseconds from the navigation until `ready` is hydrated and no long task is on. */
  interactive: number
  /** The sum of all layout shifts. https://web.dev/articles/cls */
  shift: number
}

interface Target {
  url: string
  /** What people come to the page for. */
  ready: string
  cookies?: Cookies | undefined
}

/** A long task that begins within this time of the last one belongs to the same work. */
const QUIET_MS = 500
/** How long the page is watched after the network has fallen silent. */
const AFTER_MS = 1500

/** A first visit: nothing of the page is in the browser's cache. */
export async function visit(browser: Browser, { url, ready, cookies }: Target): Promise<Visit> {
  const context = await browser.newContext({ ...(cookies && { storageState: cookies }), viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const scripts = await watchScripts(await context.newCDPSession(page))
    await page.addInitScript(watchPage, ready)
    await page.goto(url)
    await page.waitForFunction(() => 'interactiveAt' in window)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(AFTER_MS)
    const seen = await page.evaluate(() => ({ at: Reflect.get(window, 'interactiveAt'), ...Reflect.get(window, 'watched') }))
    const { tasks, shift }: { tasks: { start: number; end: number }[]; shift: number } = seen
    const interactive = tasks.reduce((at, { start, end }) => (start <= at + QUIET_MS ? Math.max(at, end) : at), Number(seen.at))
    const isLater = ({ afterMs }: Script) => afterMs > interactive
    return {
      ...{ interactive, shift },
      scripts: sum(scripts().filter((script) => !isLater(script))),
      scriptsLater: sum(scripts().filter(isLater)),
    }
  } finally {
    await context.close()
  }
}

/** Runs in the page, before anything of its own. React marks each element that it has hydrated. */
function watchPage(ready: string): void {
  const watched = { tasks: new Array<{ start: number; end: number }>(), shift: 0 }
  Object.assign(window, { watched })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push({ start: startTime, end: startTime + duration })
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.shift += Number(Reflect.get(entry, 'value'))
  }).observe({ type: 'layout-shift', buffered: true })
  const look = () => {
    const element = document.querySelector(ready)
    if (element && Object.keys(element).some((key) => key.startsWith('__reactProps')))
      Object.assign(window, { interactiveAt: performance.now() })
    else requestAnimationFrame(look)
  }
  look()
}

interface Script {
  /** When it was asked for, after the navigation began. */
  afterMs: number
  bytes: number
}

async function watchScripts(cdp: CDPSession): Promise<() => Script[]> {
  const scripts = new Map<string, Script>()
  let began: number | undefined
  await cdp.send('Network.enable')
  cdp.on('Network.requestWillBeSent', ({ requestId, type, timestamp }) => {
    began ??= timestamp
    if (type === 'Script') scripts.set(requestId, { afterMs: (timestamp - began) * 1000, bytes: 0 })
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId)
    if (script) script.bytes = encodedDataLength
  })
  return () => [...scripts.values()]
}

function sum(scripts: readonly Script[]): number {
  return scripts.reduce((bytes, script) => bytes + script.bytes, 0)
}
