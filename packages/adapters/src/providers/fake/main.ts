import { parseArgs } from 'node:util'
import { startFakeAnthropic } from './anthropic.ts'
import { startFakeGemini } from './gemini.ts'
import { startFakeOpenAi } from './openai.ts'

/** Plays all three providers until Ctrl-C: `node main.ts --port 4100` takes that port and the two after it. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '4100' } } })
const port = Number(values.port)

const fakes = {
  OPENAI_API_BASE: await startFakeOpenAi({ port }),
  ANTHROPIC_API_BASE: await startFakeAnthropic({ port: port + 1 }),
  GEMINI_API_BASE: await startFakeGemini({ port: port + 2 }),
}
for (const [name, { url, keys }] of Object.entries(fakes)) {
  const rights = Object.entries(keys).map(([right, key]) => `  ${right.padEnd(8)}${key}`)
  process.stdout.write(`${name}=${url}\n${rights.join('\n')}\n`)
}
