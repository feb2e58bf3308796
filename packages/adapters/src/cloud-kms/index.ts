export { createCloudKmsVault, type CloudKmsVaultOptions } from './cloud-kms-vault.ts'
