import os from 'node:os'
import type { Cluster } from './cluster.ts'

/** What the figures depend on, in lines. */
export function describeMachine(cluster: Cluster, command: string): string {
  return [
    computer(),
    `versions  Node.js ${process.versions.node}, ${cluster.version}`,
    `database  ${cluster.settings}, in ${cluster.folder} (${cluster.fileSystem})`,
    ...occasion(command),
  ].join('\n')
}

/** The same where no database is measured. */
export function describeComputer(command: string): string {
  return [computer(), `versions  Node.js ${process.versions.node}`, ...occasion(command)].join('\n')
}

function computer(): string {
  const cpus = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return `machine   ${cpus[0]?.model.trim() ?? 'unknown'}, ${cpus.length} cores, ${memory} GB, ${os.type()} ${os.release()}`
}

function occasion(command: string): string[] {
  return [`date      ${new Date().toISOString().slice(0, 10)}, load ${load()} at the beginning`, `command   ${command}`]
}

/** How many wanted a core in the last minute: with others on the machine, figures are lower than they could be. */
export function load(): string {
  return os.loadavg()[0]?.toFixed(1) ?? '?'
}
