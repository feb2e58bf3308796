/** Where the browser finds the API: `publicUrl`, or else `port` on the page's own host. */
export interface ApiAddress {
  publicUrl: string | null
  port: number
}

const DEFAULT_API_PORT = 4000

/** Read on the server at request time, so that one build runs anywhere. Throws when a value cannot be used. */
export function readConfig(): { api: ApiAddress } {
  const { PUBLIC_API_URL, API_PORT } = process.env
  const port = API_PORT ? Number(API_PORT) : DEFAULT_API_PORT
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`API_PORT is not a port: ${API_PORT}`)
  if (PUBLIC_API_URL && !URL.canParse(PUBLIC_API_URL)) throw new Error(`PUBLIC_API_URL is not an address: ${PUBLIC_API_URL}`)
  return { api: { publicUrl: PUBLIC_API_URL ? PUBLIC_API_URL.replace(/\/+$/, '') : null, port } }
}
