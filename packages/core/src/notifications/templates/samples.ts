import type { MailTemplate } from '@gangway/schemas/mail'
import type { MailContent } from '../layout.ts'
import { alertMail } from './alert.ts'
import { endpointDisabledMail } from './endpoint-disabled.ts'
import { failedRunsMail } from './failed-runs.ts'
import { finishLaterMail, lastFinishLaterMail } from './finish-later.ts'
import { handOffMail } from './hand-off.ts'
import { inviteMail, inviteReminderMail } from './invite.ts'
import { keyReadyMail } from './key-ready.ts'
import { resetPasswordMail } from './reset-password.ts'
import { welcomeMail } from './welcome.ts'

const NAME = 'Ada Lovelace'
const COMPANY = 'Analytical Engines'
const at = (path: string) => `https://gangway.example${path}`
const INVITE = { inviter: NAME, company: COMPANY, code: '7Kq2mW9xTz4bN8cR5vYp3dLh', url: at('/invite/7Kq2mW9xTz4bN8cR5vYp3dLh') }
const FINISH_LATER = {
  name: NAME,
  done: 2,
  steps: 6,
  url: at('/o/tools'),
  unsubscribeUrl: at('/api/mail/unsubscribe?token=sample'),
}

interface Sample {
  id: string
  name: string
  sentWhen: string
  mail: MailContent
}

const SAMPLES: readonly Sample[] = [
  {
    ...{ id: 'welcome', name: 'Welcome', sentWhen: 'To the owner, when an organization has been set up.' },
    mail: welcomeMail({ name: NAME, company: COMPANY, url: at('/') }),
  },
  {
    ...{ id: 'key-ready', name: 'Key ready', sentWhen: 'To the owner who has not saved the new key a minute later.' },
    mail: keyReadyMail({
      ...{ name: NAME, company: COMPANY, prefix: 'gw_live_7Kq2', expiresAt: new Date('2026-11-21T14:05:00Z') },
      url: at('/onboarding/success?session_id=cs_sample'),
    }),
  },
  {
    ...{ id: 'invite', name: 'Invite', sentWhen: 'To a colleague, when somebody invites them.' },
    mail: inviteMail(INVITE),
  },
  {
    ...{ id: 'invite-reminder', name: 'Invite reminder', sentWhen: 'Once, 2 days before an invitation ends.' },
    mail: inviteReminderMail(INVITE),
  },
  {
    ...{ id: 'finish-later', name: 'Finish later', sentWhen: 'When the questions were left untouched for 24 hours.' },
    mail: finishLaterMail(FINISH_LATER),
  },
  {
    ...{
      id: 'finish-later-last',
      name: 'Finish later, last',
      sentWhen: 'When they were left untouched for 72 hours; never again after it.',
    },
    mail: lastFinishLaterMail(FINISH_LATER),
  },
  {
    ...{ id: 'hand-off', name: 'Step hand-off', sentWhen: 'To a colleague who is asked to answer one step.' },
    mail: handOffMail({ owner: NAME, company: COMPANY, step: 'Your tools', url: at('/o/tools?hand-off=sample') }),
  },
  {
    ...{ id: 'reset-password', name: 'New password', sentWhen: 'When somebody has forgotten theirs.' },
    mail: resetPasswordMail({ name: NAME, url: at('/reset-password?token=sample'), validMinutes: 60 }),
  },
  {
    ...{
      id: 'endpoint-disabled',
      name: 'Webhooks turned off',
      sentWhen: 'To who looks after an endpoint, when nothing arrives there any more.',
    },
    mail: endpointDisabledMail({ url: 'https://hooks.example/gangway', reason: 'failing', page: at('/settings/webhooks') }),
  },
  {
    ...{ id: 'sync-alert', name: 'Sync alert', sentWhen: 'To admins, when an alert begins.' },
    mail: alertMail({ alert: { kind: 'failed_syncs', value: 7, threshold: 5 }, url: at('/alerts') }),
  },
  {
    ...{ id: 'run-alert', name: 'Run alert', sentWhen: 'To admins, when runs have failed that only they can help.' },
    mail: failedRunsMail({
      runs: [
        { slug: 'analytical_engines', message: 'The data warehouse refused access.' },
        { slug: 'difference_co', message: 'The data warehouse has reached its quota.' },
      ],
      ...{ count: 2, url: at('/runs') },
    }),
  },
]

/** Every mail that Gangway writes, with the data of nobody. */
export function listMailTemplates(): MailTemplate[] {
  return SAMPLES.map(({ id, name, sentWhen, mail: { subject, text, html } }) => ({ id, name, sentWhen, subject, text, html }))
}
