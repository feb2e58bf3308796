export { examineAll, type ExamineAll } from './all.ts'
export { type Examination, examineOrganization } from './examine.ts'
export { examinedOrganization, listExamined, type ListExamined } from './list.ts'
export { type Repair, repairOrganization, type RepairInput } from './repair.ts'
