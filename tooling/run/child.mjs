import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { childEnvironment } from './environment.mjs'
import { ROOT } from './places.mjs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command and keeps what it says: `{ code, output }`. Never rejects; a command that cannot be run has code 127.
 * It is killed after so many seconds in all, or so many without a word.
 */
export function capture(command, args, { env = {}, cwd = ROOT, seconds, silentSeconds } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: childEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const kill = () => child.kill('SIGKILL')
    const inAll = seconds && setTimeout(kill, seconds * 1000)
    const silent = silentSeconds && setTimeout(kill, silentSeconds * 1000)
    const keep = (chunk) => {
      output += chunk
      silent?.refresh()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: String(error) }))
    child.on('close', (code, signal) => {
      clearTimeout(inAll)
      clearTimeout(silent)
      resolve({ code: code ?? 128 + constants.signals[signal], output })
    })
  })
}

let signalled = false

/** True once this command was told to stop while something ran in its terminal. */
export function interrupted() {
  return signalled
}

/** Runs a command in this terminal until it ends, hands the signals on to it, and returns its exit code. */
export function follow(command, args, { env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: childEnvironment(env), stdio: 'inherit' })
    const hand = (signal) => {
      signalled = true
      child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, hand)
    const watch = process.env.npm_lifecycle_event && onceOrphaned(() => hand('SIGTERM'))
    const settle = (code) => {
      clearInterval(watch)
      for (const signal of SIGNALS) process.off(signal, hand)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`${command} cannot be run: ${error.message}`)
      settle(127)
    })
    child.on('exit', (code, signal) => settle(code ?? 128 + constants.signals[signal]))
  })
}

/** npm that is told to stop ends its shell, and the shell tells nobody. */
function onceOrphaned(act) {
  const { ppid } = process
  return setInterval(function check() {
    if (process.ppid === ppid) return
    clearInterval(this)
    act()
  }, 500)
}
