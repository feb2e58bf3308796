import { createConnection, createServer, type Socket } from 'node:net'

/** Stands between a client and Postgres, and can lose a reply: the work is done, and nobody hears of it. */
export async function startLosingProxy(postgresUrl: string) {
  const behind = new URL(postgresUrl)
  const sockets = new Set<Socket>()
  let lost: string | undefined

  const server = createServer((client) => {
    const postgres = createConnection(Number(behind.port), behind.hostname)
    for (const socket of [client, postgres]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        postgres.destroy()
      })
    }
    client.pipe(postgres)
    postgres.on('data', (chunk) => {
      if (lost === undefined || !chunk.toString('latin1').includes(lost)) return client.write(chunk)
      lost = undefined
      return client.resetAndDestroy()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: Object.assign(new URL(postgresUrl), { hostname: '127.0.0.1', port: String(port) }).toString(),
    /** The next reply that holds this text is not passed on, and its connection is cut. */
    loseReply(text: string): void {
      lost = text
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
