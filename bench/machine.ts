import os from 'node:os'
import type { Cluster } from './cluster.ts'

/** What the figures depend on, in lines. */
export function describeMachine(cluster: Cluster, command: string): string {
  const cpus = os.cpus()
  return [
    `machine   ${cpus[0]?.model.trim() ?? 'unknown'}, ${cpus.length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}`,
    `versions  Node.js ${process.versions.node}, ${cluster.version}`,
    `database  ${cluster.settings}, in ${cluster.folder} (${cluster.fileSystem})`,
    `date      ${new Date().toISOString().slice(0, 10)}, load ${load()} at the beginning`,
    `command   ${command}`,
  ].join('\n')
}

/** How many wanted a core in the last minute: with others on the machine, figures are lower than they could be. */
export function load(): string {
  return os.loadavg()[0]?.toFixed(1) ?? '?'
}
