export { createProviders, type ProvidersOptions } from './create-providers.ts'
