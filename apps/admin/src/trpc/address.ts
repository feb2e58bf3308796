import type { ApiAddress } from '../config.ts'

/** Without a slash at the end. Pages are rendered on the server without data, so only the browser's answer is ever called. */
export function apiUrl({ publicUrl, port }: ApiAddress): string {
  if (publicUrl) return publicUrl
  if (typeof window === 'undefined') return `http://localhost:${port}`
  return `${window.location.protocol}//${window.location.hostname}:${port}`
}
