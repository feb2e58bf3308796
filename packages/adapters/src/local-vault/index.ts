export { createLocalVault, type LocalVaultOptions } from './local-vault.ts'
