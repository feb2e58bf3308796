export { createExportTarget, exportPathSchema } from './create-export-target.ts'
