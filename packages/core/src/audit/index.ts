export { listAudit, type ListAudit } from './list-audit.ts'
export { recordAudit, type Audited } from './record-audit.ts'
