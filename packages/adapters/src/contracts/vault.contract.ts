import type { Vault } from '@gangway/core/ports'
import { describe, expect, it } from 'vitest'

const SECRET = 'gw_live_0123456789abcdefghijABCDEFGHIJ012345'
const UNREADABLE = { code: 'SECRET_UNREADABLE' }

export interface VaultUnderTest {
  vault: Vault
  /** From here on another key wraps. */
  rotate(): void | Promise<void>
  /** The next such call does its work, and its answer is lost. A vault without a line that could be cut has none. */
  loseReply?: (method: 'seal' | 'open' | 'rewrap') => void
}

/** What every vault must do. */
export function vaultContract(name: string, open: () => VaultUnderTest): void {
  describe(`${name} keeps the contract of a vault`, () => {
    it('opens what it sealed, whatever the text', async () => {
      const { vault } = open()
      for (const secret of [SECRET, '', 'ключ 🔑']) {
        expect(await vault.open(await vault.seal(secret, 'org-1'), 'org-1')).toBe(secret)
      }
    })

    it('never seals the same secret the same way, and shows nothing of it', async () => {
      const { vault } = open()
      const [one, other] = [await vault.seal(SECRET, 'org-1'), await vault.seal(SECRET, 'org-1')]
      expect(one.ciphertext).not.toBe(other.ciphertext)
      expect(one.wrappedDataKey).not.toBe(other.wrappedDataKey)
      for (const part of Object.values(one)) expect(Buffer.from(part, 'base64').toString('latin1')).not.toContain(SECRET.slice(8))
    })

    it('refuses other associated data', async () => {
      const { vault } = open()
      const sealed = await vault.seal(SECRET, 'org-1')
      await expect(vault.open(sealed, 'org-2')).rejects.toMatchObject(UNREADABLE)
      await expect(vault.rewrap(sealed, 'org-2')).rejects.toMatchObject(UNREADABLE)
    })

    it.each(['keyId', 'wrappedDataKey', 'iv', 'ciphertext', 'tag'] as const)('refuses a changed %s', async (part) => {
      const { vault } = open()
      const sealed = await vault.seal(SECRET, 'org-1')
      const bytes = Buffer.from(sealed[part], 'base64')
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
      for (const changed of [bytes.toString('base64'), '']) {
        await expect(vault.open({ ...sealed, [part]: changed }, 'org-1')).rejects.toMatchObject(UNREADABLE)
        await expect(vault.rewrap({ ...sealed, [part]: changed }, 'org-1')).rejects.toMatchObject(UNREADABLE)
      }
    })

    it('refuses the parts of two secrets put together', async () => {
      const { vault } = open()
      const [one, other] = [await vault.seal(SECRET, 'org-1'), await vault.seal(SECRET, 'org-1')]
      await expect(vault.open({ ...one, wrappedDataKey: other.wrappedDataKey }, 'org-1')).rejects.toMatchObject(UNREADABLE)
    })

    it('seals by the newest key, and opens what older ones sealed', async () => {
      const vaultUnderTest = open()
      const { vault } = vaultUnderTest
      const old = await vault.seal(SECRET, 'org-1')
      expect(old.keyId).toBe(await vault.currentKeyId())
      await vaultUnderTest.rotate()
      expect(await vault.currentKeyId()).not.toBe(old.keyId)
      expect((await vault.seal(SECRET, 'org-1')).keyId).toBe(await vault.currentKeyId())
      expect(await vault.open(old, 'org-1')).toBe(SECRET)
    })

    it('rewraps a secret by the newest key and leaves the secret itself as it is', async () => {
      const vaultUnderTest = open()
      const { vault } = vaultUnderTest
      const old = await vault.seal(SECRET, 'org-1')
      await vaultUnderTest.rotate()
      const { keyId, wrappedDataKey, ...rest } = await vault.rewrap(old, 'org-1')
      expect(keyId).toBe(await vault.currentKeyId())
      expect(wrappedDataKey).not.toBe(old.wrappedDataKey)
      expect({ ...old, ...rest }).toEqual(old)
      expect(await vault.open({ keyId, wrappedDataKey, ...rest }, 'org-1')).toBe(SECRET)
      expect(await vault.open(old, 'org-1')).toBe(SECRET)
    })

    it('seals and rewraps again after a lost reply', async () => {
      const { vault, loseReply } = open()
      const lost = /ECONNRESET/
      loseReply?.('seal')
      if (loseReply) await expect(vault.seal(SECRET, 'org-1')).rejects.toThrow(lost)
      const sealed = await vault.seal(SECRET, 'org-1')
      loseReply?.('rewrap')
      if (loseReply) await expect(vault.rewrap(sealed, 'org-1')).rejects.toThrow(lost)
      const rewrapped = await vault.rewrap(sealed, 'org-1')
      loseReply?.('open')
      if (loseReply) await expect(vault.open(rewrapped, 'org-1')).rejects.toThrow(lost)
      expect(await vault.open(rewrapped, 'org-1')).toBe(SECRET)
    })
  })
}
