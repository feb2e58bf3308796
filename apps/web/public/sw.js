/*
 * Gangway's service worker: opens the wizard without a network, and sends what waits when there is one again.
 *
 *  pages of the wizard   from the network; without one, as they were last seen
 *  /_next/static/*       hashed and so for ever the same: from the cache, else from the network
 *  everything else       not touched; no answer of the API is ever kept
 *
 * It is asked for anew at each visit and takes over at once, which is safe: pages come from the network, and the files
 * that an older page still needs stay in the cache. To switch it off everywhere, set ENABLED to false and deploy: each
 * browser then removes its copies and the worker itself at its next visit.
 */
const ENABLED = true

/** Raised when what is kept changes its form. */
const VERSION = 1
const PAGES = `gangway.pages.${VERSION}`
const FILES = `gangway.files.${VERSION}`
/** More files than all pages of several releases have; the oldest go first. */
const MOST_FILES = 400
/** A network that says nothing for so long is none, where there is a copy. */
const PATIENCE_MS = 5000

const STATIC = '/_next/static/'
const WIZARD = /^\/o\/[^/]+$/

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => event.waitUntil(ENABLED ? takeOver() : switchOff()))

async function takeOver() {
  const outdated = (await caches.keys()).filter((name) => name.startsWith('gangway.') && name !== PAGES && name !== FILES)
  await Promise.all(outdated.map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function switchOff() {
  const ours = (await caches.keys()).filter((name) => name.startsWith('gangway.'))
  await Promise.all(ours.map((name) => caches.delete(name)))
  await self.registration.unregister()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (!ENABLED || request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith(STATIC)) event.respondWith(file(request))
  else if (request.mode === 'navigate') event.respondWith(page(request, url))
})

async function file(request) {
  const known = await caches.match(request, { cacheName: FILES })
  if (known) return known
  const response = await fetch(request)
  if (response.ok) await put(FILES, request, response.clone())
  return response
}

async function page(request, { pathname }) {
  const kept = WIZARD.test(pathname) ? await caches.match(pathname, { cacheName: PAGES }) : undefined
  try {
    const response = await within(fetch(request), kept ? PATIENCE_MS : Infinity)
    if (WIZARD.test(pathname) && isPage(response)) await put(PAGES, pathname, response.clone())
    return response
  } catch {
    return kept ?? noNetwork()
  }
}

function within(promise, ms) {
  if (ms === Infinity) return promise
  return Promise.race([promise, new Promise((_resolve, reject) => setTimeout(() => reject(new Error('too slow')), ms))])
}

/** Not where the server has sent us on to, and no failure. */
function isPage(response) {
  return response.ok && !response.redirected && (response.headers.get('content-type') ?? '').startsWith('text/html')
}

/** A full disk is no reason to fail. */
async function put(name, key, response) {
  try {
    await (await caches.open(name)).put(key, response)
  } catch {
    // It is asked for again next time.
  }
}

function noNetwork() {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Offline · Gangway</title><style>:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box;text-align:center}
h1{font-size:1.5rem;margin:0}p{margin:.5rem 0 1.5rem}</style><main><h1>You are offline</h1>
<p>This page needs a connection. What you have typed is kept on this device.</p>
<p><a href="/o/profile">Go on with your questions</a> or <a href="">try again</a>.</p></main></html>`
  return new Response(html, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })
}

/* Keeping the wizard: its pages, and every file that they can come to need. */

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'keep' && ENABLED) event.waitUntil(keep(event.data.pages))
})

async function keep(pages) {
  const needed = new Set()
  for (const path of pages.filter((path) => WIZARD.test(path))) {
    try {
      const response = await fetch(path, { credentials: 'same-origin' })
      if (!isPage(response)) continue
      const html = await response.clone().text()
      await put(PAGES, path, response)
      for (const name of filesIn(html)) needed.add(name)
    } catch {
      return
    }
  }
  await keepFiles(needed)
  await dropOldest(needed)
}

/** Files name the files that they load later: those are needed without a network too. */
async function keepFiles(needed) {
  for (const name of needed) {
    try {
      const response = await file(new Request(STATIC + name))
      if (!name.endsWith('.js') || !response.ok) continue
      for (const other of filesIn(await response.clone().text())) needed.add(other)
    } catch {
      // It can be fetched when it is needed, if there is a network then.
    }
  }
}

function filesIn(text) {
  return [...text.matchAll(/static\/((?:chunks|media|css)\/[\w./~@()[\]-]+\.(?:js|css|woff2))/g)].map(([, name]) => name)
}

async function dropOldest(needed) {
  const cache = await caches.open(FILES)
  const kept = await cache.keys()
  const others = kept.filter(({ url }) => !needed.has(new URL(url).pathname.slice(STATIC.length)))
  await Promise.all(others.slice(0, Math.max(0, kept.length - MOST_FILES)).map((request) => cache.delete(request)))
}

/* Sending what waits, as src/features/offline does it in a page. What needs the person, or a merge, is left to the page. */

const DATABASE = { name: 'gangway', version: 1, store: 'saves' }
const LOCK = 'gangway.saves'
const ANSWERS_CHANNEL = 'gangway.answers.tabs'
const OUTBOX_CHANNEL = 'gangway.outbox.tabs'
/** The same as the page's: statuses for which the same call can succeed later. */
const RETRYABLE = new Set([404, 408, 425, 429])

self.addEventListener('sync', (event) => {
  if (event.tag === LOCK && ENABLED) event.waitUntil(self.navigator.locks.request(LOCK, sendAll))
})

/** Throws when the browser shall ask again later. */
async function sendAll() {
  const database = await openDatabase()
  // Whose saves wait for the page, or for somebody else to sign in. They hold up nobody else's.
  const stuck = new Set()
  const isNext = ({ state, sessionId }) => (state === 'waiting' || state === 'sending') && !stuck.has(sessionId)
  try {
    for (;;) {
      const [next] = await change(database, (saves) => saves.filter(isNext).slice(0, 1).map(asSending))
      if (!next) return
      const response = await send(next)
      if (response.status >= 500 || RETRYABLE.has(response.status)) throw new Error(`answered ${response.status}`)
      if (!response.ok) {
        stuck.add(next.sessionId)
        continue
      }
      const session = (await response.json()).result.data.json
      await change(database, (saves) => saves.flatMap((save) => settled(save, next, session)))
      tell(next, session)
    }
  } finally {
    database.close()
  }
}

function asSending(save) {
  return { ...save, state: 'sending' }
}

/** What the server's answer changes of a save. What was typed on what was sent now stands on the revision that it made. */
function settled(save, sent, { revision }) {
  if (save.mutationId === sent.mutationId) return [{ ...save, state: 'sent' }]
  const isBehind = save.sessionId === sent.sessionId && save.state === 'waiting' && save.revision < revision
  return isBehind ? [{ ...save, revision }] : []
}

function send({ url, revision, step, patch, mutationId, sessionId, advance }) {
  return fetch(url, {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    // The envelope of superjson, for input without dates.
    body: JSON.stringify({ json: { revision, step, patch, mutationId, sessionId, advance } }),
    signal: AbortSignal.timeout(30_000),
  })
}

function tell({ step, patch }, session) {
  const answers = new BroadcastChannel(ANSWERS_CHANNEL)
  answers.postMessage({ kind: 'session', session, written: [{ step, patch }] })
  answers.close()
  const outbox = new BroadcastChannel(OUTBOX_CHANNEL)
  outbox.postMessage('changed')
  outbox.close()
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE.name, DATABASE.version)
    request.onupgradeneeded = () => request.result.createObjectStore(DATABASE.store, { keyPath: 'mutationId' })
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
}

/**
 * Writes what `work` makes of the saves, and answers it. One transaction: a page may be typing meanwhile, or somebody sign
 * out, and neither is to be written over.
 */
function change(database, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(DATABASE.store, 'readwrite')
    const store = transaction.objectStore(DATABASE.store)
    let changed = []
    const request = store.getAll()
    request.onsuccess = () => {
      changed = work(request.result.toSorted((one, other) => one.order - other.order))
      for (const save of changed) store.put(save)
    }
    transaction.oncomplete = () => resolve(changed)
    transaction.onabort = () => reject(transaction.error)
  })
}
