// The floor: Node's own HTTP server, one LISTEN, and what arrives there written to its stream as it is.
import { createServer, type ServerResponse } from 'node:http'
import { openSql } from '@gangway/db/client'
import { FLOOR_CHANNEL, type FloorEvent } from './journal.ts'

/** The product's streams say every 4 s that they are alive; a part of these does so in each turn. */
const PING_TURN_MS = 100
const PING_TURNS = 40

const sql = openSql({ url: process.env['APP_URL'] ?? '', name: 'bench-floor-sse' })
const streams = new Map<string, ServerResponse>()

await sql.listen(FLOOR_CHANNEL, (payload) => {
  const { checkout, event }: FloorEvent = JSON.parse(payload)
  streams.get(checkout)?.write(`data: ${JSON.stringify(event)}\nid: ${event.seq}\n\n`)
})

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/health/ready') return response.end('ready')
  const checkout = url.searchParams.get('checkout') ?? ''
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
  response.write('data: {}\nid: 1\n\n')
  streams.set(checkout, response)
  request.on('close', () => streams.delete(checkout))
})
server.listen(Number(process.env['API_PORT']), '127.0.0.1')

let turn = 0
const pings = setInterval(() => {
  turn = (turn + 1) % PING_TURNS
  let index = 0
  for (const response of streams.values()) if (index++ % PING_TURNS === turn) response.write('event: ping\ndata: \n\n')
}, PING_TURN_MS)

process.once('SIGTERM', () => {
  clearInterval(pings)
  server.closeAllConnections()
  server.close()
  void sql.end({ timeout: 1 })
})
