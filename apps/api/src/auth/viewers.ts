import type { openSql } from '@gangway/db/client'
import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '@gangway/schemas/account'

import { fromNodeHeaders } from 'better-auth/node'
import { type Auth, findViewer } from './auth.ts'

/** A trigger tells of each session that ends and each person who changes; the payload is the user's id. */
const CHANNEL = 'gangway_viewers'
/** While nothing can be heard, whoever was signed in stays so for no longer. */
const REMEMBERED_MS = 5000
const MOST = 10_000

interface Known {
  viewer: Viewer
  until: number
}

type Listener = Pick<ReturnType<typeof openSql>, 'listen'>

export interface Viewers {
  /** Who a request comes from; null for nobody. */
  find(headers: IncomingHttpHeaders): Promise<Viewer | null>
  /** Somebody signs in or out, or changes their account, by way of this process. */
  forgetAll(): void
  close(): Promise<void>
}

/**
 * Who is behind a session, remembered for as long as nothing changes: somebody who types asks for it with every save. A
 * session that ends anywhere is forgotten as soon as Postgres says so.
 */
export async function openViewers({ auth, sql }: { auth: Auth; sql: Listener }): Promise<Viewers> {
  const known = new Map<string, Known>()
  /** Rises whenever something is forgotten: an answer that was asked for before that is not remembered. */
  let epoch = 0

  function forget(isMeant: (viewer: Viewer) => boolean): void {
    epoch += 1
    for (const [key, { viewer }] of known) if (isMeant(viewer)) known.delete(key)
  }
  const forgetAll = () => forget(() => true)

  const subscription = await sql.listen(
    CHANNEL,
    (userId) => forget(({ id }) => id === userId),
    // After a reconnect nobody knows what was missed.
    forgetAll,
  )

  return {
    async find(headers) {
      const key = credentialsOf(headers)
      if (!key) return null
      const found = known.get(key)
      if (found && performance.now() < found.until) return found.viewer
      const before = epoch
      const viewer = await findViewer(auth, fromNodeHeaders(headers))
      if (viewer && epoch === before) {
        if (known.size >= MOST) known.clear()
        known.set(key, { viewer, until: performance.now() + REMEMBERED_MS })
      }
      return viewer
    },
    forgetAll,
    close: () => subscription.unlisten(),
  }
}

/** The signed cookie or the signed token; '' for a request without either. */
function credentialsOf({ cookie = '', authorization = '' }: IncomingHttpHeaders): string {
  const cookies = cookie.split('; ').filter((pair) => pair.includes('session_token='))
  return [...cookies, authorization].join('\n').trim()
}
