import { compose } from '../compose.ts'
import { loadConfig } from '../config/config.ts'
import { startWorker } from '../jobs/worker.ts'
import { openLog } from '../log.ts'
import { externalDatabase } from './external-database.ts'
import { untilSignalled } from './until-signalled.ts'

const config = loadConfig()
const log = openLog(config.logLevel, 'gangway-worker')
const composition = await compose({ config, log, ownerUrl: externalDatabase(config), part: 'worker' })
const worker = await startWorker(composition)
log.info({}, 'worker ready')
await untilSignalled()
await worker.stop()
await composition.close()
