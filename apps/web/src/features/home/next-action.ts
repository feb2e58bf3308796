import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { Checklist as Progress, Organization } from '@gangway/schemas/organizations'
import type { RunState, RunView } from '@gangway/schemas/provisioning'
import { type ManifestStep, textIn } from '@gangway/schemas/manifest'
import { paths } from '../../paths.ts'

export interface Standing {
  session: Pick<OnboardingSession, 'status' | 'currentStep'>
  /** Those that the questionnaire asks; none where it could not say. */
  steps: readonly Pick<ManifestStep, 'id' | 'title'>[]
  /** Newest first. */
  runs: readonly Pick<RunView, 'checkoutSessionId' | 'state' | 'companyName'>[]
  organizations: readonly Pick<Organization, 'name' | 'status'>[]
  /** Of the newest organization that is set up; null while there is none. */
  progress: Progress | null
}

export interface NextAction {
  title: string
  text: string
  /** Null when there is nothing left to do. */
  link: { label: string; href: string } | null
}

const ENDED: readonly RunState[] = ['succeeded', 'cancelled', 'rolled_back']

/** The one thing that comes next: what was paid for is looked after first. */
export function nextAction({ session, steps, runs, organizations, progress }: Standing): NextAction {
  const run = runs.find(({ state }) => !ENDED.includes(state))
  if (run) {
    const isStuck = run.state === 'failed'
    return {
      title: isStuck ? 'Your setup needs a look' : 'Your setup is under way',
      text: isStuck
        ? 'Something kept it from being finished. Nothing is lost, and it goes on from there.'
        : 'Five stages, usually done within seconds. You can watch.',
      link: { label: 'Watch the setup', href: paths.success(run.checkoutSessionId) },
    }
  }
  if (session.status === 'open') {
    const index = steps.findIndex(({ id }) => id === session.currentStep)
    const title = textIn(steps[index]?.title, 'en')
    const place = index < 0 ? '' : `You are at step ${index + 1} of ${steps.length}: ${title}. `
    return {
      title: 'Finish the questions',
      text: `${place}What you have answered is saved.`,
      link: { label: 'Continue', href: paths.step(session.currentStep) },
    }
  }
  const ready = organizations.find(({ status }) => status === 'onboarded')
  if (progress && !progress.pipelineSucceeded) return firstValue(progress)
  if (ready) return { title: 'You are all set', text: `${ready.name} is ready to use.`, link: null }
  return {
    title: 'Choose a plan',
    text: 'Your workspace and your API key are made as soon as it is paid.',
    link: { label: 'See the plans', href: paths.plan() },
  }
}

/** A workspace is of use from the first pipeline on. */
function firstValue({ role, integrationHealthy }: Progress): NextAction {
  if (integrationHealthy)
    return {
      title: 'Run your first pipeline',
      text: 'It fetches usage and cost of the provider that you have connected into your workspace.',
      link: { label: 'Go to the pipelines', href: paths.pipelines() },
    }
  return {
    title: 'Connect a provider',
    text: `Your workspace is ready, and what it holds comes from there.${role === 'member' ? ' An owner or an admin of the organization connects it.' : ''}`,
    link: role === 'member' ? null : { label: 'Connect a provider', href: paths.integrations() },
  }
}

export interface ChecklistItem {
  label: string
  isDone: boolean
  /** Where to do it; null where nothing is left to do, or it happens by itself. */
  href: string | null
}

/** Computed from what is really there: first what leads to a workspace, and then what makes it useful. */
export function checklist({ session, runs, organizations, progress }: Omit<Standing, 'steps'>): ChecklistItem[] {
  const questions = {
    label: 'Answer the questions',
    isDone: session.status === 'completed',
    href: session.status === 'open' ? paths.step(session.currentStep) : null,
  }
  if (progress) return [...(questions.isDone ? [] : [questions]), ...toFirstValue(progress)]
  const isPaid = runs.length > 0 || organizations.length > 0
  const run = runs[0]
  return [
    { label: 'Create your account', isDone: true, href: null },
    questions,
    { label: 'Choose a plan', isDone: isPaid, href: isPaid ? null : paths.plan() },
    { label: 'Workspace ready', isDone: false, href: run ? paths.success(run.checkoutSessionId) : null },
  ]
}

function toFirstValue({ role, keySaved, colleagueJoined, integrationHealthy, pipelineSucceeded }: Progress): ChecklistItem[] {
  const manages = role !== 'member'
  const item = (label: string, isDone: boolean, href: string | null) => ({ label, isDone, href: isDone ? null : href })
  return [
    item('Workspace ready', true, null),
    item('API key saved', keySaved, manages ? paths.keys() : null),
    item('Colleague joined', colleagueJoined, null),
    item('Integration healthy', integrationHealthy, manages ? paths.integrations() : null),
    item('First pipeline succeeded', pipelineSucceeded, paths.pipelines()),
  ]
}
