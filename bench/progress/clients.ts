// The browsers: opens streams and notes when which event came in. Told what to do by its parent.
import { get } from 'node:http'
import { machineTime } from './journal.ts'

export interface StreamRequest {
  checkout: string
  url: string
  cookie?: string | undefined
  /** So that no address opens more streams than one may ask for in a minute. */
  localAddress?: string | undefined
}

export type Order = { kind: 'open'; streams: StreamRequest[] } | { kind: 'collect' }
/** `<checkout> <seq>` and the machine's time of its arrival. */
export type Arrivals = [string, number][]

/** So many are being opened at a time. */
const OPENING = 64
let arrivals: Arrivals = []

process.on('message', (order: Order) => {
  if (order.kind === 'open') return void openAll(order.streams)
  process.send?.(arrivals)
  arrivals = []
})

process.once('disconnect', () => process.exit())

async function openAll(streams: StreamRequest[]): Promise<void> {
  const waiting = [...streams]
  const lane = async () => {
    for (let stream = waiting.shift(); stream; stream = waiting.shift()) await open(stream)
  }
  await Promise.all(Array.from({ length: OPENING }, lane))
  process.send?.('open')
}

/** Resolves when the stream has brought what was in the journal before. */
function open({ checkout, url, cookie, localAddress }: StreamRequest): Promise<void> {
  return new Promise((resolve) => {
    const headers = { accept: 'text/event-stream', ...(cookie && { cookie }) }
    const request = get(url, { agent: false, headers, ...(localAddress && { localAddress }) }, (response) => {
      if (response.statusCode !== 200) end(`answered ${response.statusCode}`)
      let rest = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const at = machineTime()
        const blocks = (rest + chunk).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) {
          const seq = /^id: ?(\d+)$/m.exec(block)?.[1]
          if (seq === '1') resolve()
          else if (seq) arrivals.push([`${checkout} ${seq}`, at])
        }
      })
      response.on('close', () => end('ended'))
    })
    request.on('error', (error) => end(`failed: ${error.message}`))
    const end = (how: string) => {
      console.error(`the stream ${url} ${how}`)
      process.exit(1)
    }
  })
}
