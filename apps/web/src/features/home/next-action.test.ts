import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { expect, test } from 'vitest'
import { checklist, nextAction, type Standing } from './next-action.ts'

const { steps } = BUILT_IN_MANIFEST
const NEW: Standing = { session: { status: 'open', currentStep: 'work' }, steps, runs: [], organizations: [], progress: null }
const ANSWERED: Standing = { ...NEW, session: { status: 'completed', currentStep: 'workspace' } }
const run = (state: Standing['runs'][number]['state']) => ({ checkoutSessionId: 'cs_1', state, companyName: 'Acme' })

test('somebody new goes on with the questions, where they left them', () => {
  expect(nextAction(NEW)).toMatchObject({ title: 'Finish the questions', link: { href: '/o/work' } })
  expect(nextAction(NEW).text).toContain('step 2 of 6: Your work')
  expect(nextAction({ ...NEW, steps: [] }).text).toBe('What you have answered is saved.')
})

test('with the questions answered, a plan comes next', () => {
  expect(nextAction(ANSWERED).link?.href).toBe('/plan')
})

test.each(['awaiting_payment', 'pending', 'running', 'needs_sync', 'failed'] as const)(
  'a run that is %s comes before everything else',
  (state) => {
    expect(nextAction({ ...NEW, runs: [run(state)] }).link).toEqual({
      label: 'Watch the setup',
      href: '/onboarding/success?session_id=cs_1',
    })
  },
)

test('who has paid first still has the questions before them; who has both is done', () => {
  const organizations = [{ name: 'Acme', status: 'onboarded' as const }]
  expect(nextAction({ ...NEW, runs: [run('succeeded')], organizations }).title).toBe('Finish the questions')
  expect(nextAction({ ...ANSWERED, runs: [run('succeeded')], organizations })).toMatchObject({
    title: 'You are all set',
    link: null,
  })
})

test('the checklist shows what is there', () => {
  const done = (standing: Standing) => checklist(standing).map(({ isDone }) => isDone)
  expect(done(NEW)).toEqual([true, false, false, false])
  expect(done({ ...ANSWERED, runs: [run('running')] })).toEqual([true, true, true, false])
})

const FRESH: NonNullable<Standing['progress']> = {
  ...{ orgId: crypto.randomUUID(), role: 'owner' as const },
  ...{ keySaved: false, colleagueJoined: false, integrationHealthy: false, pipelineSucceeded: false },
}

test('with a workspace, what comes next leads to the first pipeline', () => {
  const next = (progress: Partial<typeof FRESH>) => nextAction({ ...ANSWERED, progress: { ...FRESH, ...progress } })
  expect(next({}).link?.href).toBe('/settings/integrations')
  expect(next({ role: 'member' }).link).toBeNull()
  expect(next({ integrationHealthy: true }).link?.href).toBe('/settings/pipelines')
  const organizations = [{ name: 'Acme', status: 'onboarded' as const }]
  expect(nextAction({ ...ANSWERED, organizations, progress: { ...FRESH, pipelineSucceeded: true } })).toMatchObject({
    title: 'You are all set',
  })
})

test('with a workspace, the checklist leads to the first pipeline, each to where they may go', () => {
  const shown = (standing: Standing) => checklist(standing).map(({ label, isDone, href }) => [label, isDone || href])
  expect(shown({ ...ANSWERED, progress: { ...FRESH, colleagueJoined: true } })).toEqual([
    ['Workspace ready', true],
    ['API key saved', '/settings/keys'],
    ['Colleague joined', true],
    ['Integration healthy', '/settings/integrations'],
    ['First pipeline succeeded', '/settings/pipelines'],
  ])
  expect(shown({ ...NEW, progress: { ...FRESH, role: 'member' } })).toEqual([
    ['Answer the questions', '/o/work'],
    ['Workspace ready', true],
    ['API key saved', null],
    ['Colleague joined', null],
    ['Integration healthy', null],
    ['First pipeline succeeded', '/settings/pipelines'],
  ])
})
