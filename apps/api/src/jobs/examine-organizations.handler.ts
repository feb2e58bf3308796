import { examineAll } from '@gangway/core/doctor'
import type { examineOrganizationsJob } from './examine-organizations.ts'
import type { Handler } from './registry.ts'

/** Only looks: what differs is for staff to see, and to repair. */
export const handleExamineOrganizations: Handler<typeof examineOrganizationsJob.schema> = async ({ contexts, log }) => {
  log.info(await examineAll(contexts.provisioning), 'organizations examined')
}
