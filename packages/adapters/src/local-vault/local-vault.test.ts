import { memoryVault } from '@gangway/core/testing'
import { describe, expect, it } from 'vitest'
import { vaultContract } from '../contracts/vault.contract.ts'
import { createLocalVault } from './local-vault.ts'

vaultContract('the local vault', () => createLocalVault({ rootKey: 'a root key of this test' }))
vaultContract('the vault in memory', memoryVault)

describe('createLocalVault', () => {
  it('opens what another process with the same root key sealed', async () => {
    const sealed = await createLocalVault({ rootKey: 'one root key' }).seal('secret', 'org-1')
    expect(await createLocalVault({ rootKey: 'one root key' }).open(sealed, 'org-1')).toBe('secret')
  })

  it('opens nothing when the root key was lost', async () => {
    const sealed = await createLocalVault({ rootKey: 'one root key' }).seal('secret', 'org-1')
    const opening = createLocalVault({ rootKey: 'another root key' }).open(sealed, 'org-1')
    await expect(opening).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
  })

  it('refuses a tag that was cut short', async () => {
    const vault = createLocalVault({ rootKey: 'one root key' })
    const sealed = await vault.seal('secret', 'org-1')
    const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64')
    await expect(vault.open({ ...sealed, tag }, 'org-1')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
  })
})
