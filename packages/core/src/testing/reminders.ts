import type { TestDatabase } from '@gangway/db/testing'
import { recordingJobs } from './jobs.ts'
import { seededIds } from './ids.ts'
import { silentLog } from './log.ts'
import { testClock } from './clock.ts'

let made = 0

/** What reminders need. The clock begins now, as the database's does. */
export function remindersContext({ db }: Pick<TestDatabase, 'db'>) {
  return {
    db,
    clock: testClock({ start: new Date() }),
    ids: seededIds(`reminders ${process.pid} ${made++}`),
    log: silentLog(),
    jobs: recordingJobs(),
    settings: {
      webUrl: 'https://app.example',
      apiUrl: 'https://api.example',
      adminUrl: 'https://staff.example',
      mailLinkKeys: ['the newest key', 'the one before'],
    },
  }
}
