import { accessSync, constants, mkdirSync } from 'node:fs'
import path from 'node:path'
import { PACKAGES_BIN, TOOLS, TOOLS_BIN } from './places.mjs'

/** What npm tells its scripts about itself and this project: not for the npm and pnpm that are started here. */
const OF_NPM =
  /^npm_(lifecycle|package|command|execpath|node_execpath)|^npm_config_(local_prefix|init_module|loglevel|node_gyp|user_agent|noproxy|npm_version)$/

/** The environment of everything that is started here: the pinned tools first on PATH, a HOME that can be written to. */
export function childEnvironment(changes = {}) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_NPM.test(name)))
  env.PATH = [TOOLS_BIN, PACKAGES_BIN, env.PATH].filter(Boolean).join(path.delimiter)
  if (!isWritable(env.HOME)) {
    env.HOME = path.join(TOOLS, 'home')
    mkdirSync(env.HOME, { recursive: true })
    for (const name of ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'npm_config_cache'])
      delete env[name]
  }
  return { ...env, NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...changes }
}

function isWritable(folder) {
  if (!folder || !path.isAbsolute(folder)) return false
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
