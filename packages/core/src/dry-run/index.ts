export { dryRun } from './dry-run.ts'
export type { DryRunInput } from './input.ts'
export { requirePassedDryRun } from './require-passed.ts'
export { assertChecksPass } from './run-checks.ts'
