import type { SaveInput } from '@gangway/schemas/onboarding'
import { drain } from '../../offline/drain.ts'
import { createOutbox } from '../../offline/outbox-store.ts'
import { append, refusedOf, unsentOf } from '../../offline/queue.ts'
import { memoryStorage } from '../../offline/save-storage.ts'
import { type Answers, createAnswers, unsavedSteps } from '../answers-store.ts'
import { createSaveEngine, type SaveStatus } from '../save-engine.ts'
import type { TabChannel } from '../tab-channel.ts'
import { classifyRefusal, type SaveServer, SESSION_ID } from './save-server.ts'

/** Tabs of one browser: what one posts, all others hear. */
export function tabChannels(): () => TabChannel {
  const listeners: { tab: number; hear: (message: unknown) => void }[] = []
  let tabs = 0
  return () => {
    const tab = tabs++
    return {
      post: (message) => {
        for (const { tab: other, hear } of listeners) if (other !== tab) hear(structuredClone(message))
      },
      listen: (hear) => {
        const listener = { tab, hear }
        listeners.push(listener)
        return () => listeners.splice(listeners.indexOf(listener), 1)
      },
    }
  }
}

/** What survives a tab. */
export function newBrowser() {
  const kept = new Map<string, string>()
  const [answerTabs, outboxTabs] = [tabChannels(), tabChannels()]
  let turn: Promise<unknown> = Promise.resolve()
  let tabs = 0
  return {
    answerTabs,
    outboxTabs,
    saves: memoryStorage(),
    nextTab: () => `tab-${++tabs}`,
    storage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    },
    /** The tab that has the lock is gone. */
    letGo: () => void (turn = Promise.resolve()),
    /** The lock that all tabs share. */
    oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
      const result = turn.then(work)
      turn = result.catch(() => undefined)
      return result
    },
  }
}

export type Browser = ReturnType<typeof newBrowser>

/** The wizard in one tab, without its pages. */
export async function openTab(api: SaveServer, browser: Browser = newBrowser()) {
  const tab = browser.nextTab()
  const answers: Answers = createAnswers({ storage: browser.storage, tabs: browser.answerTabs(), tab })
  const outbox = createOutbox({ storage: () => browser.saves, tabs: browser.outboxTabs() })
  const statuses: SaveStatus['kind'][] = []
  const told: string[] = []
  let ids = 0

  await answers.hydrate()
  await outbox.load()
  answers.adopt(api.session(), outbox.store.getState().saves)
  const stops = [answers.follow(() => {}), outbox.follow()]

  const known = () => {
    const { revision, server } = answers.snapshot()
    return { sessionId: SESSION_ID, revision, server }
  }
  const engine = createSaveEngine({
    async enqueue(step, advance) {
      const identity = { mutationId: `${tab}-${++ids}`, schemaVersion: 1, url: '' }
      const edit = { ...answers.snapshot(), sessionId: SESSION_ID, step, advance, ...identity }
      const before = await browser.saves.read()
      const after = await outbox.change((saves) => append(saves, edit))
      return unsentOf(after, SESSION_ID).find((save) => !before.includes(save)) ?? null
    },
    drain: (attempts) =>
      browser.oneAtATime(() =>
        drain({
          ...{ outbox, known, attempts, classify: classifyRefusal, random: () => 0.5 },
          send: (input) => api.save(input),
          adopt: (session, saves) => answers.adopt(session, saves),
          onRetry: () => told.push('retry'),
        }),
      ),
    isWaiting: () => unsentOf(outbox.store.getState().saves, SESSION_ID).length > 0,
    isRefused: () => refusedOf(outbox.store.getState().saves, SESSION_ID).length > 0,
    find: (mutationId) => outbox.store.getState().saves.find((save) => save.mutationId === mutationId),
    hasConflict: (step) => answers.snapshot().conflicts.some((conflict) => step === undefined || conflict.step === step),
    revision: () => answers.snapshot().revision,
    complete: () => api.complete(),
    adopt: (session) => answers.adopt(session, outbox.store.getState().saves),
    classify: classifyRefusal,
    newMutationId: () => `${tab}-${++ids}`,
    random: () => 0.5,
    onStatus: ({ kind }) => statuses.push(kind),
    onSignedOut: () => told.push('signed out'),
    onGiveUp: () => told.push('given up'),
    onRecovered: () => told.push('recovered'),
  })

  return {
    answers,
    outbox,
    engine,
    statuses,
    /** What the person was told by toasts. */
    told,
    type(fullName: string, step: SaveInput['step'] = 'profile') {
      answers.edit(step, { fullName })
      engine.edited(step)
    },
    /** As the page does when it is loaded, looked at or online again. */
    look() {
      for (const step of unsavedSteps(answers.snapshot())) engine.edited(step)
      return engine.resume()
    },
    unsent: () => unsentOf(outbox.store.getState().saves, SESSION_ID),
    /** Killed: nothing is flushed. */
    close() {
      engine.close()
      for (const stop of stops) stop()
      browser.letGo()
    },
  }
}
