import { connect, createServer, type Socket } from 'node:net'

/** Where the connection is cut, seen from the commit: before anybody has heard of it, halfway, or when only the reply is left. */
export type When = 'before' | 'during' | 'after'

export interface Cut {
  /** Which of the commits that go through, counted from 1. */
  nth: number
  /** Counts only those: `lock`, or the stage that the commit writes. */
  purpose?: string
  when: When
  /** Called at the moment of the cut. */
  onCut?: () => void
}

export interface Proxy {
  port: number
  /** Cuts once; resolves when it is done. */
  arm(cut: Cut): Promise<void>
  disarm(): void
  /** What each commit was for that has gone through since, in order. */
  watch(): readonly string[]
  close(): Promise<void>
}

/** How long what was sent before a cut halfway is given to be executed. */
const HALFWAY_MS = 40

/**
 * Stands before Postgres, sees the commits of runs go through, and cuts connections. It reads as much of the protocol as it needs: which statement is executed
 * (Parse, Bind, Query), where that ends (Sync), and that it is over (ReadyForQuery). https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function startProxy(upstreamPort: number): Promise<Proxy> {
  let armed: { cut: Cut; seen: number; done: () => void } | undefined
  let watched: string[] = []
  const sockets = new Set<Socket>()

  /** The cut, where what is sent now commits, and it is meant for that. */
  function due(purpose: string): Cut | undefined {
    watched.push(purpose)
    if (!armed || (armed.cut.purpose ?? purpose) !== purpose) return undefined
    armed.seen += 1
    return armed.seen === armed.cut.nth ? armed.cut : undefined
  }

  function finish(client: Socket, server: Socket): void {
    armed?.cut.onCut?.()
    client.destroy()
    server.destroy()
    armed?.done()
    armed = undefined
  }

  function serve(client: Socket): void {
    const server = connect(upstreamPort, '127.0.0.1')
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    let cutting: Cut | undefined
    // After the start-up, each Sync and each Query is answered by one ReadyForQuery.
    let awaited = 1
    let lastReady = Number.POSITIVE_INFINITY

    const statements = new Map<string, string>()
    const committed = commits()
    const fromClient = messages({ startsBare: true }, (message, type) => {
      if (client.destroyed || (cutting && cutting.when !== 'after')) return
      const executed = executedBy(message, type, statements)
      const purpose = executed === undefined ? undefined : committed(executed, message)
      if (purpose !== undefined) cutting ??= due(purpose)
      const isEnd = type === 'S' || type === 'Q'
      if (isEnd) awaited += 1
      if (cutting?.when === 'before') return finish(client, server)
      if (cutting?.when === 'during') return halfway(message, isEnd)
      if (cutting && isEnd && lastReady === Number.POSITIVE_INFINITY) lastReady = awaited
      server.write(message)
    })

    /** Everything but the Sync: executed, and not committed. A Query has none, so it may be committed or not. */
    function halfway(message: Buffer, isEnd: boolean): void {
      if (!isEnd || message[0] === 'Q'.charCodeAt(0)) server.write(message)
      if (isEnd) finish(client, server)
      else if (cutting) waitForEnd()
    }
    function waitForEnd(): void {
      const timer = setTimeout(() => finish(client, server), HALFWAY_MS)
      client.once('close', () => clearTimeout(timer))
    }

    let ready = 0
    const fromServer = messages({ startsBare: false }, (message, type) => {
      if (client.destroyed) return
      if (type === 'Z') ready += 1
      if (ready >= lastReady) return finish(client, server)
      client.write(message)
    })
    client.on('data', fromClient)
    server.on('data', fromServer)
  }

  const listener = createServer(serve)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    arm: (cut) => new Promise((resolve) => (armed = { cut, seen: 0, done: resolve })),
    disarm() {
      armed = undefined
    },
    watch() {
      watched = []
      return watched
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }
}

/** What a run is written by outside of any transaction. */
const BY_ITSELF = /\b(open_runs|write_run_steps)\b|^\s*update "pending_backend_syncs"/i

/**
 * Says what a statement of one connection commits for a run: by itself, or as the end of a transaction. Undefined for what
 * commits nothing, or is none of a run's business.
 */
function commits(): (statement: string, message: Buffer) => string | undefined {
  let inTransaction = false
  let written: string | undefined
  return (statement, message) => {
    const purpose = purposeOf(statement, message)
    if (/^\s*begin\b/i.test(statement)) [inTransaction, written] = [true, undefined]
    else if (/^\s*(commit|rollback)\s*$/i.test(statement)) {
      inTransaction = false
      if (/commit/i.test(statement)) return written
    } else if (inTransaction) written ??= purpose
    else if (BY_ITSELF.test(statement)) return purpose ?? statement
    return undefined
  }
}

/** The stage that a step's parameters name, or what is written. */
function purposeOf(statement: string, message: Buffer): string | undefined {
  if (statement.includes('open_runs')) return 'lock'
  if (statement.includes('write_run_steps')) return /"stage": ?"(\w+)"/.exec(message.toString())?.[1]
  if (/sync_pending_backend_record|"pending_backend_syncs"/.test(statement)) return 'pending sync'
  return /^\s*(?:update|insert into) "(\w+)"/i.exec(statement)?.[1]
}

/** Whole messages out of a stream. A client's first has no type. */
function messages({ startsBare }: { startsBare: boolean }, each: (message: Buffer, type: string) => void) {
  let kept: Buffer = Buffer.alloc(0)
  let bare = startsBare
  return (chunk: Buffer): void => {
    kept = Buffer.concat([kept, chunk])
    for (;;) {
      const header = bare ? 4 : 5
      if (kept.length < header) return
      const length = kept.readInt32BE(bare ? 0 : 1) + (bare ? 0 : 1)
      if (kept.length < length) return
      const message = kept.subarray(0, length)
      kept = kept.subarray(length)
      const type = bare ? '' : String.fromCharCode(message[0] ?? 0)
      bare = false
      each(message, type)
    }
  }
}

/** The statement that a message is about to execute. A prepared one is known by its name. */
function executedBy(message: Buffer, type: string, statements: Map<string, string>): string | undefined {
  if (type === 'Q') return textAt(message, 5)
  if (type === 'P') {
    const name = textAt(message, 5)
    statements.set(name, textAt(message, 5 + Buffer.byteLength(name) + 1))
  }
  if (type !== 'B') return undefined
  const portal = textAt(message, 5)
  return statements.get(textAt(message, 5 + Buffer.byteLength(portal) + 1))
}

/** Text ends with a zero. */
function textAt(message: Buffer, start: number): string {
  return message.subarray(start, message.indexOf(0, start)).toString()
}
