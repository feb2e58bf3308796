import { useSyncExternalStore } from 'react'
import { create } from 'zustand'

const useReached = create(() => ({ isReached: true }))

/** Whether the last call was answered by anybody. Browsers take any network for a way to the server. */
export function reached(isReached: boolean): void {
  useReached.setState({ isReached })
}

/** Whether there is a network, as far as the browser knows, and a server behind it, as far as the last call knows. */
export function useIsConnected(): boolean {
  const { isReached } = useReached()
  return useSyncExternalStore(followNetwork, () => navigator.onLine, onServer) && isReached
}

function onServer(): boolean {
  return true
}

function followNetwork(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}
