import { createContext, use } from 'react'

export const ApiOriginContext = createContext('')

/** The API's origin as this browser reaches it. */
export function useApiOrigin(): string {
  return use(ApiOriginContext)
}
