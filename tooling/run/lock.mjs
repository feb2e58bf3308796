import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { TOOLS } from './places.mjs'

const LOCK = path.join(TOOLS, 'lock')
const HEARTBEAT_MS = 2_000
/** A holder that has not touched the lock for so long is gone. */
const STALE_MS = 30_000

/** Runs `work` while no other command installs or builds in this folder. */
export async function withLock(work) {
  mkdirSync(TOOLS, { recursive: true })
  await acquire()
  const heartbeat = setInterval(touch, HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    rmSync(LOCK, { force: true })
  }
}

function touch() {
  try {
    utimesSync(LOCK, new Date(), new Date())
  } catch (error) {
    // Somebody emptied the folder; the work goes on.
    if (error.code !== 'ENOENT') throw error
  }
}

async function acquire() {
  for (let told = false; ;) {
    try {
      writeFileSync(LOCK, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isStale()) {
      remove()
      continue
    }
    if (!told) process.stderr.write('Another command is installing or building here; waiting for it.\n')
    told = true
    await delay(200)
  }
}

function isStale() {
  try {
    const { mtimeMs } = statSync(LOCK)
    if (Date.now() - mtimeMs > STALE_MS) return true
    const { pid, host } = JSON.parse(readFileSync(LOCK, 'utf8'))
    return host === hostname() && !isAlive(pid)
  } catch {
    // Gone by now, or not written yet.
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  return !isZombie(pid)
}

/** Ended, and its parent has not asked yet: in a container there may be nobody who does. */
function isZombie(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** By renaming: of two that find the same stale lock, one removes it. */
function remove() {
  const aside = `${LOCK}.${process.pid}`
  try {
    renameSync(LOCK, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
