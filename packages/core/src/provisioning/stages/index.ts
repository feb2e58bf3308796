import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import { createOrganization } from './create-organization.ts'
import { finalize } from './finalize.ts'
import { generateApiKeyStage } from './generate-api-key.ts'
import { setUpWorkspaceStage } from './set-up-workspace.ts'
import type { Stage } from './stage.ts'
import { verifyPayment } from './verify-payment.ts'

const BY_ID: Record<StageId, Stage> = {
  verify_payment: verifyPayment,
  create_organization: createOrganization,
  set_up_workspace: setUpWorkspaceStage,
  generate_api_key: generateApiKeyStage,
  finalize,
}

/** The stage that a run with so many completed ones is at; undefined when all are. */
export function stageAt(stagesCompleted: number): Stage | undefined {
  const id = STAGE_IDS[stagesCompleted]
  return id && BY_ID[id]
}
