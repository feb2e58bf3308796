export { funnelCohorts } from './cohorts.ts'
export { getFunnel } from './get-funnel.ts'
export { listFunnelPeople } from './people.ts'
export { funnelVariants } from './variants.ts'
