import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openSql } from '../client.ts'
import { startEmbeddedPostgres } from './start.ts'

const asRoot = process.getuid?.() === 0
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A data folder of the test's own, with a space in its path, and a way to start Postgres in it. */
async function place(mode = 0o755) {
  const folder = await mkdtemp(path.join(memory, 'gangway embedded '))
  await chmod(folder, mode)
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  const dataDir = path.join(folder, 'data')
  const password = randomBytes(12).toString('hex')
  const notices: string[] = []
  const start = async (options: { password?: string; disposable?: boolean } = {}) => {
    const postgres = await startEmbeddedPostgres({
      dataDir,
      password,
      disposable: true,
      onNotice: (message) => notices.push(message),
      ...options,
    })
    cleanups.push(() => postgres.stop())
    return postgres
  }
  return { dataDir, cluster: path.join(dataDir, 'postgres'), notices, start }
}

async function query(url: string, statement: string) {
  const sql = openSql({ url, name: 'embedded-test' })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

/** A process that has nothing to do with Postgres. */
function bystander(): ChildProcess {
  const child = spawn('sleep', ['60'])
  cleanups.push(async () => child.kill('SIGKILL'))
  return child
}

describe('the embedded Postgres', () => {
  it('keeps what was written over a stop and a start', async () => {
    const { start, notices } = await place()
    const first = await start()
    await query(first.ownerUrl, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start()
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
    expect(second.reused).toBe(false)
    expect(notices).toEqual([])
  })

  it('takes over a server that outlived its parent', async () => {
    const { start } = await place()
    const orphan = await start()
    const again = await start()
    expect(again).toMatchObject({ pid: orphan.pid, reused: true, ownerUrl: orphan.ownerUrl })
  })

  it('starts at once after a kill -9 with sessions open, and recovers what was committed', async () => {
    const { start, notices } = await place()
    const killed = await start({ disposable: false })
    await query(killed.ownerUrl, 'create table kept as select 7 as n')
    const session = openSql({ url: killed.ownerUrl, name: 'embedded-test' })
    const sleeping = session`select pg_sleep(30)`.catch(() => 'cut')
    await query(killed.ownerUrl, 'select pg_sleep(0.1)')
    process.kill(killed.pid, 'SIGKILL')
    const recovered = await start({ disposable: false })
    expect(await query(recovered.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
    expect(recovered.pid).not.toBe(killed.pid)
    expect(notices).toEqual([expect.stringContaining('was not shut down cleanly')])
    expect(await sleeping).toBe('cut')
    await session.end({ timeout: 0 })
  })

  it.each(['a bystander', 'nothing that can be read'])('removes a pid file that names %s', async (named) => {
    const { start, cluster } = await place()
    const first = await start()
    const file = path.join(cluster, 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await first.stop()
    const stranger = bystander()
    await writeFile(file, named === 'a bystander' ? [stranger.pid, ...lines.slice(1)].join('\n') : '')
    const second = await start()
    expect(second.reused).toBe(false)
    expect(stranger.exitCode).toBeNull()
    expect(stranger.signalCode).toBeNull()
  })

  it('leaves another cluster alone whose pid the file names', async () => {
    const [one, other] = [await place(), await place()]
    const neighbour = await other.start()
    const first = await one.start()
    await first.stop()
    await writeFile(path.join(one.cluster, 'postmaster.pid'), await readFile(path.join(other.cluster, 'postmaster.pid')))
    const second = await one.start()
    expect(second.pid).not.toBe(neighbour.pid)
    expect(await query(neighbour.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('sets a half-written cluster aside and says so', async () => {
    const { start, cluster, dataDir, notices } = await place()
    await mkdir(path.join(cluster, 'base'), { recursive: true })
    await writeFile(path.join(cluster, 'PG_VERSION'), '18\n')
    await start()
    expect(notices).toEqual([expect.stringContaining('was incomplete')])
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.broken-'))).toHaveLength(1)
  })

  it('removes what a process left that was killed while it made a cluster', async () => {
    const { start, dataDir } = await place()
    // The number of a process that has ended.
    const ended = bystander()
    ended.kill('SIGKILL')
    await new Promise((resolve) => ended.once('exit', resolve))
    await mkdir(path.join(dataDir, `postgres.new-${ended.pid}`, 'base'), { recursive: true })
    await start()
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
  })

  it('is started once when two start it at once', async () => {
    const { start } = await place()
    const [one, other] = await Promise.all([start(), start()])
    expect(one.pid).toBe(other.pid)
  })

  it('names a lost password at once, and leaves the data as it is', async () => {
    const { start } = await place()
    const first = await start()
    await first.stop()
    await expect(start({ password: 'another' })).rejects.toThrow('refuses its password')
    await expect(start()).resolves.toMatchObject({ reused: false })
  })

  it('says in its own words what Postgres cannot read', async () => {
    const { start, cluster } = await place()
    const first = await start()
    await first.stop()
    await writeFile(path.join(cluster, 'postgresql.conf'), 'port = never\n')
    await expect(start()).rejects.toThrow(/did not start[^]*invalid value for parameter "port"/)
  })
})

describe.runIf(asRoot)('the embedded Postgres as root', () => {
  it('works in a folder that only root can enter, and finds its data there again', async () => {
    const { start, cluster, notices } = await place(0o700)
    const first = await start()
    const elsewhere = await readlink(cluster)
    cleanups.unshift(() => rm(path.dirname(elsewhere), { recursive: true, force: true }))
    await query(first.ownerUrl, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start()
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
    expect(notices).toEqual([expect.stringContaining(elsewhere)])
  })

  it('runs as the user who owns the cluster', async () => {
    const { start, cluster } = await place()
    const first = await start()
    await first.stop()
    const { uid } = await stat(cluster)
    expect(uid).not.toBe(0)
    expect((await stat(`/proc/${(await start()).pid}`)).uid).toBe(uid)
  })

  it('takes back a cluster that was copied by root', async () => {
    const { start, cluster } = await place()
    const first = await start()
    await first.stop()
    for (const name of ['', ...(await readdir(cluster, { recursive: true }))]) await chown(path.join(cluster, name), 0, 0)
    await expect(start()).resolves.toMatchObject({ reused: false })
  })
})
