import { DBOS } from '@dbos-inc/dbos-sdk'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { OpenContender } from './contender.ts'

/** As many as the product gets. Its own default is 10. */
const CONNECTIONS = 20

/** A peer: a durable workflow of five steps that do nothing, called in the process that runs it. */
export const openDbos: OpenContender = async ({ url }) => {
  const workflow = DBOS.registerWorkflow(
    async (org: string) => {
      for (const name of STAGE_IDS) await DBOS.runStep(async () => ({ org, name }), { name })
      return org
    },
    { name: 'provisioning' },
  )
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, systemDatabasePoolSize: CONNECTIONS, logLevel: 'error' })
  await DBOS.launch()
  let next = 0
  return {
    async run() {
      await workflow(`org_${next++}`)
    },
    close: () => DBOS.shutdown(),
  }
}
