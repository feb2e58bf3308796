import type { DatasetLabels, TableDeclaration } from '../ports/warehouse.ts'
import { ONBOARDING_TABLES } from './tables/onboarding.ts'
import { ORGANIZATION_TABLES } from './tables/organizations.ts'
import { PIPELINE_TABLES } from './tables/pipelines.ts'

/** The dataset that holds what is known about all organizations. */
export const CENTRAL_DATASET = 'organizations'

/** The central dataset belongs to the installation, not to an organization's run. */
export const CENTRAL_LABELS: DatasetLabels = { org: 'gangway', run: 'bootstrap' }

/** Every meta table of the central dataset. */
export const META_TABLES: readonly TableDeclaration[] = [...ORGANIZATION_TABLES, ...PIPELINE_TABLES, ...ONBOARDING_TABLES]
