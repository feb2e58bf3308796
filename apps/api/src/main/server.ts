import { compose } from '../compose.ts'
import { loadConfig } from '../config/config.ts'
import { buildServer } from '../http/server.ts'
import { openLog } from '../log.ts'
import { untilSignalled } from './until-signalled.ts'
import { externalDatabase } from './external-database.ts'

const config = loadConfig()
const log = openLog(config.logLevel, 'gangway-server')
const composition = await compose({ config, log, ownerUrl: externalDatabase(config), part: 'app' })
const server = await buildServer(composition)
await server.listen({ port: config.ports.api.number, host: config.host })
log.info({ port: config.ports.api.number }, 'server ready')
await untilSignalled()
await server.close()
await composition.close()
