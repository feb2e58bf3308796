// Loaded into a server before its own code: answers its parent how much memory and processor time it uses.
import type { Usage } from './servers.ts'

process.on('message', (question) => {
  if (question !== 'usage') return
  // Twice: what the first one finalizes goes with the second.
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const usage: Usage = { rss, heap: heapUsed + external, cpuMs: (user + system) / 1000 }
  process.send?.(usage)
})
// Asking must not keep a server alive that wants to end.
process.channel?.unref()
// Nor must a server outlive whoever measures it.
process.once('disconnect', () => process.exit())
