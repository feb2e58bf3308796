import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { createExportTarget, exportPathSchema } from './create-export-target.ts'
import { startFakeStorage } from './fake/fake-storage.ts'

const fake = await startFakeStorage({ buckets: ['answers', 'closed'] })
fake.closed.add('closed')
afterAll(() => fake.close())

async function* pieces(...contents: (Buffer | string)[]) {
  for (const content of contents) yield Buffer.from(content)
}
const target = (path: string) => createExportTarget(path, { apiEndpoint: fake.url })

describe('a bucket', () => {
  it('has a file when all of it has arrived, of several chunks as well', async () => {
    const contents = Array.from({ length: 5 }, () => randomBytes(4 * 2 ** 20))
    const whole = Buffer.concat(contents)
    const bucket = target('gs://answers/onboarding/daily/')
    expect(bucket.place).toBe('gs://answers/onboarding/daily')
    const written = await bucket.write('a.ndjson.gz', pieces(...contents))
    expect(written).toEqual({ bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') })
    expect(fake.objects.get('answers/onboarding/daily/a.ndjson.gz')?.equals(whole)).toBe(true)
  })

  it('takes a file without a prefix, an empty one, and one in the place of another', async () => {
    await target('gs://answers').write('b', pieces())
    expect(fake.objects.get('answers/b')?.length).toBe(0)
    await target('gs://answers').write('b', pieces('new'))
    expect(fake.objects.get('answers/b')?.toString()).toBe('new')
  })

  it('keeps what it had where the content is cut off, and the failure is that of the content', async () => {
    await target('gs://answers').write('c', pieces('old'))
    async function* cut() {
      yield Buffer.from('ne')
      throw new Error('cut')
    }
    await expect(target('gs://answers').write('c', cut())).rejects.toThrow('cut')
    expect(fake.objects.get('answers/c')?.toString()).toBe('old')
  })
})

describe('a failure', () => {
  it.each(['gs://closed', 'gs://absent'])('of %s is for somebody to look at', async (path) => {
    await expect(target(path).write('a', pieces('x'))).rejects.toMatchObject({ code: 'EXPORT_TARGET_DENIED' })
  })

  it.each([
    { kind: 'status', status: 503, match: '^POST' },
    { kind: 'status', status: 503, match: '^PUT' },
    { kind: 'html', status: 502, match: '^POST' },
    { kind: 'cut', match: '^POST' },
    { kind: 'lose-reply', match: '^PUT' },
  ] as const)('that passes is tried again: %j', async (fault) => {
    fake.fail(fault)
    await expect(target('gs://answers').write('d', pieces('x'))).rejects.toMatchObject({ code: 'EXPORT_TARGET_UNAVAILABLE' })
    fake.heal()
    await target('gs://answers').write('d', pieces('x'))
    expect(fake.objects.get('answers/d')?.toString()).toBe('x')
  })
})

it.each([
  ['gs://bucket', true],
  ['gs://bucket/a/b', true],
  ['/var/exports', true],
  ['exports', true],
  [String.raw`C:\exports`, true],
  ['gs://', false],
  ['s3://bucket', false],
  ['', false],
])('%s is a path: %s', (path, valid) => {
  expect(exportPathSchema.safeParse(path).success).toBe(valid)
})
