/** Messages to the other tabs of this browser that show the same site; never to the tab itself. */
export interface TabChannel {
  post(message: unknown): void
  /** Answers how to stop listening. */
  listen(onMessage: (message: unknown) => void): () => void
}

/** A BroadcastChannel; where there is none, an entry of the storage that tells the other tabs when it changes. */
export function tabChannel(name: string): TabChannel {
  // Opened on first use: this module is evaluated on the server too, where there are no tabs.
  let opened: TabChannel | undefined
  const channel = () => (opened ??= typeof BroadcastChannel === 'undefined' ? storageChannel(name) : broadcastChannel(name))
  return {
    post: (message) => channel().post(message),
    listen: (onMessage) => channel().listen(onMessage),
  }
}

function broadcastChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(onMessage) {
      const onEvent = (event: MessageEvent<unknown>) => onMessage(event.data)
      channel.addEventListener('message', onEvent)
      return () => channel.removeEventListener('message', onEvent)
    },
  }
}

function storageChannel(name: string): TabChannel {
  let sent = 0
  return {
    post(message) {
      sent += 1
      try {
        // Without the count, the same message twice would change nothing, and nobody would be told.
        localStorage.setItem(name, JSON.stringify({ sent, at: performance.now(), message }))
      } catch {
        // A storage that is full or forbidden: the other tabs find out when they ask the server.
      }
    },
    listen(onMessage) {
      const onEvent = (event: StorageEvent) => {
        if (event.key !== name || event.newValue === null) return
        const envelope: unknown = JSON.parse(event.newValue)
        if (typeof envelope === 'object' && envelope !== null && 'message' in envelope) onMessage(envelope.message)
      }
      window.addEventListener('storage', onEvent)
      return () => window.removeEventListener('storage', onEvent)
    },
  }
}
