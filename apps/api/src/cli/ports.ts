import { createServer } from 'node:net'
import type { Config, Port } from '../config/config.ts'
import { ConfigError } from '../config/env.ts'

const NAMES = { api: 'API_PORT', web: 'WEB_PORT', admin: 'ADMIN_PORT' } as const
const LOOK_AHEAD = 50

/** Ports that are free now. One that was asked for and is taken is an error; for the usual ones the next free is taken. */
export async function choosePorts(
  config: Config,
  onMoved: (name: string, from: number, to: number) => void,
): Promise<Config['ports']> {
  const chosen = new Set<number>()
  const choose = async (part: keyof typeof NAMES): Promise<Port> => {
    const wanted = config.ports[part]
    for (let number = wanted.number; number < wanted.number + LOOK_AHEAD; number++) {
      if (chosen.has(number) || !(await isFree(number, config.host))) {
        if (wanted.fixed)
          throw new ConfigError(
            `Port ${number} is in use by another program. Stop that program, or set ${NAMES[part]} to another port.`,
          )
        continue
      }
      chosen.add(number)
      if (number !== wanted.number) onMoved(part, wanted.number, number)
      return { ...wanted, number }
    }
    throw new ConfigError(`The ports from ${wanted.number} on are all in use. Set ${NAMES[part]} to a free one.`)
  }
  return { api: await choose('api'), web: await choose('web'), admin: await choose('admin') }
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}
