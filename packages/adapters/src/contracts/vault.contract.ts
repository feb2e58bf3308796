import type { Vault } from '@gangway/core/ports'
import { describe, expect, it } from 'vitest'

const SECRET = 'gw_live_0123456789abcdefghijABCDEFGHIJ012345'
const UNREADABLE = { code: 'SECRET_UNREADABLE' }

/** What every vault must do. */
export function vaultContract(name: string, makeVault: () => Vault): void {
  describe(`${name} keeps the contract of a vault`, () => {
    it('opens what it sealed, whatever the text', async () => {
      const vault = makeVault()
      for (const secret of [SECRET, '', 'ключ 🔑']) {
        expect(await vault.open(await vault.seal(secret, 'org-1'), 'org-1')).toBe(secret)
      }
    })

    it('never seals the same secret the same way, and shows nothing of it', async () => {
      const vault = makeVault()
      const [one, other] = [await vault.seal(SECRET, 'org-1'), await vault.seal(SECRET, 'org-1')]
      expect(one.ciphertext).not.toBe(other.ciphertext)
      expect(one.wrappedDataKey).not.toBe(other.wrappedDataKey)
      for (const part of Object.values(one)) expect(Buffer.from(part, 'base64').toString('latin1')).not.toContain(SECRET.slice(8))
    })

    it('refuses other associated data', async () => {
      const vault = makeVault()
      const sealed = await vault.seal(SECRET, 'org-1')
      await expect(vault.open(sealed, 'org-2')).rejects.toMatchObject(UNREADABLE)
    })

    it.each(['keyId', 'wrappedDataKey', 'iv', 'ciphertext', 'tag'] as const)('refuses a changed %s', async (part) => {
      const vault = makeVault()
      const sealed = await vault.seal(SECRET, 'org-1')
      const bytes = Buffer.from(sealed[part], 'base64')
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
      await expect(vault.open({ ...sealed, [part]: bytes.toString('base64') }, 'org-1')).rejects.toMatchObject(UNREADABLE)
      await expect(vault.open({ ...sealed, [part]: '' }, 'org-1')).rejects.toMatchObject(UNREADABLE)
    })

    it('refuses the parts of two secrets put together', async () => {
      const vault = makeVault()
      const [one, other] = [await vault.seal(SECRET, 'org-1'), await vault.seal(SECRET, 'org-1')]
      await expect(vault.open({ ...one, wrappedDataKey: other.wrappedDataKey }, 'org-1')).rejects.toMatchObject(UNREADABLE)
    })
  })
}
