import { createAuthClient } from 'better-auth/client'
import { createContext, useContext } from 'react'

export type Auth = ReturnType<typeof createAuth>

export function createAuth(apiUrl: string) {
  return createAuthClient({ baseURL: apiUrl, basePath: '/api/auth', fetchOptions: { credentials: 'include' } })
}

const AuthContext = createContext<Auth | null>(null)

export const AuthProvider = AuthContext.Provider

export function useAuth(): Auth {
  const auth = useContext(AuthContext)
  if (!auth) throw new Error('useAuth is used outside of ApiProvider')
  return auth
}
