import { addresses, type Config } from '../config/config.ts'

/**
 * Whether a page may talk to this API with cookies: the apps at their configured addresses, and the apps at whatever
 * host name the API itself was reached by, since the browser then knows them as one site.
 */
export function isOwnOrigin(config: Config, origin: string, host: string | undefined): boolean {
  const { web, admin, api } = addresses(config)
  if ([web, admin, api].some((url) => new URL(url).origin === origin)) return true
  if (!host || !URL.canParse(origin)) return false
  const page = new URL(origin)
  const own = new URL(`http://${host}`)
  return (
    page.hostname === own.hostname && [config.ports.web, config.ports.admin].some((port) => String(port.number) === page.port)
  )
}
