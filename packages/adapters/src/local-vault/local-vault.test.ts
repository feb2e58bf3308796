import type { Vault } from '@gangway/core/ports'
import { connectionReset, memoryVault } from '@gangway/core/testing'
import { describe, expect, it } from 'vitest'
import { vaultContract } from '../contracts/vault.contract.ts'
import { createLocalVault } from './local-vault.ts'

vaultContract('the local vault', () => {
  const rootKeys = ['a root key of this test']
  const latest = () => createLocalVault({ rootKey: rootKeys[0] ?? '', previousRootKeys: rootKeys.slice(1) })
  // Its keys come with its construction: after a rotation the processes are started anew.
  const vault: Vault = {
    seal: (...args) => latest().seal(...args),
    open: (...args) => latest().open(...args),
    rewrap: (...args) => latest().rewrap(...args),
    currentKeyId: () => latest().currentKeyId(),
  }
  return { vault, rotate: () => void rootKeys.unshift(`root key number ${rootKeys.length + 1}`) }
})

vaultContract('the vault in memory', () => {
  const vault = memoryVault()
  return { vault, rotate: vault.rotate, loseReply: (method) => vault.loseReply(method, connectionReset()) }
})

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

  it('needs an old root key until everything is rewrapped, and not after it', async () => {
    const old = await createLocalVault({ rootKey: 'old' }).seal('secret', 'org-1')
    const both = createLocalVault({ rootKey: 'new', previousRootKeys: ['older', 'old'] })
    const alone = createLocalVault({ rootKey: 'new' })
    await expect(alone.open(old, 'org-1')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
    expect(await alone.open(await both.rewrap(old, 'org-1'), 'org-1')).toBe('secret')
  })
})
