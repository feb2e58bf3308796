// A worker that aggregates answers and does nothing else, in a process of its own, so that it can be killed.
import type { AnswersContext } from '@gangway/core/context'
import { connect } from '@gangway/db/client'
import { handleAggregateAnswers } from '../jobs/aggregate-answers.handler.ts'
import { aggregateAnswersJob } from '../jobs/aggregate-answers.ts'
import { sweepAnswersUntil } from '../jobs/answers-sweep.ts'
import { openJobQueue } from '../jobs/queue.ts'
import { takeTogether } from '../jobs/take-together.ts'
import { openLog } from '../log.ts'
import { systemClock, systemIds } from '../system.ts'

const [url = ''] = process.argv.slice(2)
const log = openLog('silent', 'answers-worker')
const { db } = connect({ url, max: 4, name: 'answers-worker' })
const queue = await openJobQueue({ url, part: 'worker', log })
const answers: AnswersContext = { db, clock: systemClock, ids: systemIds, log }
await takeTogether({ queue, log }, aggregateAnswersJob, handleAggregateAnswers(answers))
process.stdout.write('ready\n')
await sweepAnswersUntil({ answers, log }, new AbortController().signal)
