import { connect as connectSocket, createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connect, type Db } from './client.ts'
import { testDatabase } from './testing/database.ts'
import { inTransaction, type Tx } from './transaction.ts'

const database = await testDatabase()

/** One connection: whatever a cut one leaves behind, the next statement meets it. */
async function withOneConnection(use: (db: Db) => Promise<void>): Promise<void> {
  const connection = connect({ url: database.urls.app, name: 'test-cut', max: 1 })
  try {
    await use(connection.db)
  } finally {
    await connection.close()
  }
}

async function cut(tx: Tx): Promise<void> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  await database.sql`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`
}

// The driver is patched for these: unpatched, the process ends by an exception that nobody can catch, or the pool hangs.
describe('a connection that is cut in the midst of a transaction', () => {
  it.each([
    'before the next statement',
    'while a statement runs',
    'before a statement with parameters',
    'before a long statement',
  ])('fails the transaction and nothing else: %s', async (when) => {
    await withOneConnection(async (db) => {
      for (let time = 0; time < 3; time++) {
        const cutOff = inTransaction(db, async (tx) => {
          if (when === 'while a statement runs') {
            await Promise.all([cut(tx), tx.execute(sql`select pg_sleep(5)`)])
            return
          }
          await cut(tx)
          // The cut is heard of while nothing is asked, or by what is asked next.
          await new Promise((resolve) => setTimeout(resolve, 20))
          if (when === 'before the next statement') await tx.execute(sql`select 1`)
          if (when === 'before a statement with parameters') await tx.execute(sql`select ${1}::int`)
          if (when === 'before a long statement') await tx.execute(sql.raw(`select '${'x'.repeat(5000)}'`))
        })
        await expect(cutOff).rejects.toBeInstanceOf(Error)
        expect([...(await db.execute(sql`select 7 as n`))]).toEqual([{ n: 7 }])
      }
    })
  })

  it('fails with what came of it while others wait for the connection', async () => {
    await withOneConnection(async (db) => {
      const cutOff = inTransaction(db, async (tx) => {
        await cut(tx)
        await tx.execute(sql`select 1`)
      })
      const waiting = Array.from({ length: 5 }, (_, n) => db.execute(sql`select ${n}::int as n`))
      await expect(cutOff).rejects.toBeInstanceOf(Error)
      expect((await Promise.all(waiting)).map(([row]) => row)).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })))
    })
  })
})

describe('a connection that is cut while it is being opened', () => {
  it('is opened again, and fails nobody', async () => {
    let cuts = 0
    const url = new URL(database.urls.app)
    const port = Number(url.port)
    const proxy = createServer((client) => {
      const server = connectSocket(port, url.hostname)
      for (const socket of [client, server])
        socket.on('error', () => {}).on('close', () => [client, server].map((end) => end.destroy()))
      server.pipe(client)
      client.on('data', (chunk) => {
        // What the driver asks for itself before it serves anybody.
        if (cuts < 3 && chunk.includes('typarray')) return void (cuts++, client.destroy())
        server.write(chunk)
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => proxy.once('listening', resolve))
    const address = proxy.address()
    url.port = String(typeof address === 'object' && address ? address.port : 0)
    const connection = connect({ url: url.toString(), name: 'test-opening', max: 1 })
    expect([...(await connection.db.execute(sql`select 7 as n`))]).toEqual([{ n: 7 }])
    expect(cuts).toBe(3)
    await connection.close()
    proxy.close()
  })
})

describe('a transaction that stands still', () => {
  it('is ended by the server, so that a frozen process keeps no row to itself', async () => {
    const connection = connect({ url: database.urls.app, name: 'test-idle', max: 1, idleInTransactionMs: 50 })
    const frozen = inTransaction(connection.db, async (tx) => {
      await tx.execute(sql`select 1`)
      await new Promise((resolve) => setTimeout(resolve, 300))
      await tx.execute(sql`select 1`)
    })
    await expect(frozen).rejects.toBeInstanceOf(Error)
    await connection.close()
  })
})
