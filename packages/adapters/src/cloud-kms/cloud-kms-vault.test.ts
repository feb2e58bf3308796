import { inspect } from 'node:util'
import { classify, type ErrorCode, patternOf, PATTERNS } from '@gangway/core/errors'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { vaultContract } from '../contracts/vault.contract.ts'
import { createCloudKmsVault } from './cloud-kms-vault.ts'
import { crc32c } from './crc32c.ts'
import { startFakeKms } from './fake/fake-kms.ts'
import { quotaExceeded } from './fake/refusals.ts'
import { openKmsClient } from './kms-client.ts'

const RING = 'projects/test/locations/europe-west3/keyRings/gangway'
const KEY = `${RING}/cryptoKeys/secrets`
const fake = await startFakeKms({ keyNames: [KEY] })
const vault = createCloudKmsVault({ keyName: KEY, apiEndpoint: fake.url, deadlineMs: 400 })
const operator = openKmsClient(fake.url)

afterEach(() => {
  fake.heal()
  fake.denied.clear()
})
afterAll(() => Promise.all([vault.close(), operator.close(), fake.close()]))

/** As an operator does: a new version that encrypts from now on. Answers its name. */
async function rotate(keyName = KEY): Promise<string> {
  const [version] = await operator.call((kms) => kms.createCryptoKeyVersion({ parent: keyName, cryptoKeyVersion: {} }))
  const cryptoKeyVersionId = version.name?.split('/').at(-1) ?? ''
  await operator.call((kms) => kms.updateCryptoKeyPrimaryVersion({ name: keyName, cryptoKeyVersionId }))
  return version.name ?? ''
}

async function newVault() {
  const keyName = `${RING}/cryptoKeys/${crypto.randomUUID()}`
  fake.addKey(keyName)
  const own = createCloudKmsVault({ keyName, apiEndpoint: fake.url })
  return { keyName, vault: own }
}

vaultContract('Cloud KMS', () => ({
  vault,
  rotate: async () => void (await rotate()),
  loseReply: () => fake.fail({ kind: 'lose-reply' }),
}))

describe('createCloudKmsVault', () => {
  it('names the version of the key that has wrapped', async () => {
    const own = await newVault()
    expect((await own.vault.seal('secret', 'org-1')).keyId).toBe(`${own.keyName}/cryptoKeyVersions/1`)
    const second = await rotate(own.keyName)
    expect(await own.vault.currentKeyId()).toBe(second)
    const [key] = await operator.call((kms) => kms.getCryptoKey({ name: own.keyName }))
    expect(key.primary?.name).toBe(second)
    await own.vault.close()
  })

  it('needs no right but to encrypt and to decrypt', async () => {
    fake.denied.add('cloudkms.cryptoKeys.get')
    const sealed = await vault.rewrap(await vault.seal('secret', 'org-1'), 'org-1')
    expect(sealed.keyId).toBe(await vault.currentKeyId())
  })

  it('opens nothing of another key', async () => {
    const own = await newVault()
    const sealed = await own.vault.seal('secret', 'org-1')
    await expect(vault.open(sealed, 'org-1')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
    const renamed = { ...sealed, keyId: `${KEY}/cryptoKeyVersions/1` }
    await expect(vault.open(renamed, 'org-1')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
    await own.vault.close()
  })

  it('cannot open what a destroyed version has wrapped, unless it was rewrapped before', async () => {
    const own = await newVault()
    const [kept, lost] = [await own.vault.seal('kept', 'org-1'), await own.vault.seal('lost', 'org-1')]
    await rotate(own.keyName)
    const rewrapped = await own.vault.rewrap(kept, 'org-1')
    await operator.call((kms) => kms.destroyCryptoKeyVersion({ name: lost.keyId }))
    expect(await own.vault.open(rewrapped, 'org-1')).toBe('kept')
    const refusal: unknown = await own.vault.open(lost, 'org-1').catch((error: unknown) => error)
    expect(classify(refusal).code).toBe('VAULT_KEY_UNUSABLE')
    await own.vault.close()
  })

  it.each(['ciphertext', 'plaintext'])('takes no answer whose %s was damaged on its way', async (field) => {
    const sealed = await vault.seal('secret', 'org-1')
    const body = { [field]: Buffer.from('damaged').toString('base64'), [`${field}Crc32c`]: '1' }
    const verified = { name: sealed.keyId, verifiedPlaintextCrc32c: true, verifiedAdditionalAuthenticatedDataCrc32c: true }
    const reply = { status: 200, body: { ...verified, ...body } }
    fake.answerOnce(reply)
    const asked = field === 'ciphertext' ? vault.seal('secret', 'org-1') : vault.open(sealed, 'org-1')
    await expect(asked).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
  })

  it('takes no answer to a request that lost its checksums on its way', async () => {
    const { keyId: name } = await vault.seal('secret', 'org-1')
    const ciphertext = Buffer.from('x')
    const body = { name, ciphertext: ciphertext.toString('base64'), ciphertextCrc32c: String(crc32c(ciphertext)) }
    fake.answerOnce({ status: 200, body })
    await expect(vault.seal('secret', 'org-1')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
  })

  it('asks once: whoever calls it decides about repeats', async () => {
    const before = fake.requests.length
    fake.fail({ kind: 'status', status: 503, body: { error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } } })
    await expect(vault.seal('secret', 'org-1')).rejects.toMatchObject({ code: 14 })
    expect(fake.requests.length - before).toBe(1)
  })

  it.each(['cut', 'status', 'hang'] as const)('tells nobody what it asked when the answer is a %s', async (kind) => {
    fake.fail({ kind, status: 401 })
    const error: unknown = await vault.seal('secret', 'org-1').catch((caught: unknown) => caught)
    const asked: unknown = JSON.parse(fake.requests.at(-1)?.body ?? '{}')
    const dataKey = asked instanceof Object && 'plaintext' in asked ? String(asked.plaintext) : ''
    expect(dataKey).toHaveLength(44)
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(dataKey)
  })
})

describe('crc32c', () => {
  it('is the one of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3_06_92_83)
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a_91_36_aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62_a8_ab_43)
  })
})

describe('the patterns of the key vault', () => {
  const seal = () => vault.seal('secret', 'org-1')
  const failing = (fault: Parameters<typeof fake.fail>[0]) => async () => {
    fake.fail(fault)
    await seal()
  }
  const google = (status: number, code: string) =>
    failing({ kind: 'status', status, body: { error: { code: status, message: code, status: code } } })
  const stale = async (change: (name: string) => Promise<unknown>) => {
    const own = await newVault()
    const sealed = await own.vault.seal('secret', 'org-1')
    await rotate(own.keyName)
    await change(sealed.keyId)
    await own.vault.open(sealed, 'org-1').finally(() => own.vault.close())
  }
  const asking = async (vaultOptions: { keyName: string; apiEndpoint: string }) => {
    const other = createCloudKmsVault(vaultOptions)
    await other.seal('secret', 'org-1').finally(() => other.close())
  }

  const REAL: [name: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
    ['credentials that have expired', 'VAULT_DENIED', google(401, 'UNAUTHENTICATED')],
    [
      'a missing permission',
      'VAULT_DENIED',
      async () => {
        fake.denied.add('cloudkms.cryptoKeyVersions.useToEncrypt')
        await seal()
      },
    ],
    [
      'no credentials at all',
      'VAULT_DENIED',
      async () => {
        process.env['METADATA_SERVER_DETECTION'] = 'none'
        process.env['GOOGLE_APPLICATION_CREDENTIALS'] = '/nowhere/credentials.json'
        await asking({ keyName: KEY, apiEndpoint: 'https://127.0.0.1:1' })
      },
    ],
    [
      'a key that is not there',
      'VAULT_KEY_UNUSABLE',
      () => asking({ keyName: `${RING}/cryptoKeys/none`, apiEndpoint: fake.url }),
    ],
    [
      'a version that is disabled',
      'VAULT_KEY_UNUSABLE',
      () =>
        stale((name) =>
          operator.call((kms) =>
            kms.updateCryptoKeyVersion({ cryptoKeyVersion: { name, state: 'DISABLED' }, updateMask: { paths: ['state'] } }),
          ),
        ),
    ],
    [
      'a version that is destroyed',
      'VAULT_KEY_UNUSABLE',
      () => stale((name) => operator.call((kms) => kms.destroyCryptoKeyVersion({ name }))),
    ],
    ['a request that is not understood', 'VAULT_KEY_UNUSABLE', google(400, 'INVALID_ARGUMENT')],
    ['a quota that is used up', 'VAULT_UNAVAILABLE', () => failing({ kind: 'status', ...quotaExceeded() })()],
    ['a service that is down', 'VAULT_UNAVAILABLE', google(503, 'UNAVAILABLE')],
    ['a failure inside', 'VAULT_UNAVAILABLE', google(500, 'INTERNAL')],
    ['the page of a proxy', 'VAULT_UNAVAILABLE', failing({ kind: 'html', status: 502 })],
    ['a line that is cut', 'VAULT_UNAVAILABLE', failing({ kind: 'cut' })],
    ['an answer that does not come', 'VAULT_UNAVAILABLE', failing({ kind: 'hang' })],
    ['a host that is not there', 'VAULT_UNAVAILABLE', () => asking({ keyName: KEY, apiEndpoint: 'http://kms.invalid' })],
  ]

  const met = new Set<string | undefined>()
  it.each(REAL)('know %s', async (_name, code, provoke) => {
    const error: unknown = await provoke().then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(Error)
    expect(classify(error).code).toBe(code)
    met.add(patternOf(error)?.name)
  })

  it('are all met', () => {
    const known = PATTERNS.map(({ name }) => name).filter((name) => name.startsWith('key vault: '))
    expect(known.filter((name) => !met.has(name))).toEqual([])
  })
})
