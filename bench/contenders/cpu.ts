import { existsSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second: `getconf CLK_TCK`. */
const MS_PER_TICK = 10

/** What Postgres, with all its processes, has used of the processors so far, in milliseconds; undefined where there is no /proc. */
export function postgresCpu(postmaster: number): number | undefined {
  const children = `/proc/${postmaster}/task/${postmaster}/children`
  if (!existsSync(children)) return undefined
  const living = readFileSync(children, 'utf8').trim().split(/\s+/).map(Number)
  return (ticks(postmaster, 4) + living.reduce((sum, pid) => sum + ticks(pid, 2), 0)) * MS_PER_TICK
}

/** utime and stime, and for four also those of the children that have ended. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function ticks(pid: number, count: 2 | 4): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return fields.slice(11, 11 + count).reduce((sum, field) => sum + Number(field), 0)
  } catch {
    // It has ended in the meantime, and counts with its parent's children.
    return 0
  }
}
