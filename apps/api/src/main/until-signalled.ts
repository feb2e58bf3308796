const PATIENCE_MS = 3000

/**
 * Aborted by the first Ctrl-C or SIGTERM. One Ctrl-C can arrive several times, from the terminal and from npm; only one
 * that comes later means that somebody has lost patience.
 */
export function signalled(): AbortSignal {
  const controller = new AbortController()
  let first = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted && Date.now() - first > PATIENCE_MS) process.exit(130)
      first ||= Date.now()
      controller.abort()
    })
  }
  return controller.signal
}

export function untilSignalled(): Promise<void> {
  const signal = signalled()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
