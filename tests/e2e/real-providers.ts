import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startCluster } from '../faults/cluster.ts'
import { type Proxy, startProxy } from '../faults/proxy.ts'
import { freePort, freePorts, newDataDir, type Product, removeDataDir, startProduct } from './product.ts'

const KMS_KEY_NAME = 'projects/local/locations/global/keyRings/gangway/cryptoKeys/secrets'
const STRIPE = { STRIPE_SECRET_KEY: 'sk_test_gangway1234', STRIPE_WEBHOOK_SECRET: 'whsec_development' }

/** A server that plays somebody else's service, and what it can be told to do wrong. */
interface Played {
  url: string
  /** The next requests that fit, `POST /v1/refunds`, meet this. */
  fail(fault: { kind: 'lose-reply' | 'delay'; match: string }): Promise<void>
  stop(): Promise<void>
}

export interface RealProviders {
  product: Product
  rootKey: string
  superuserUrl: string
  /** Between the product and its database. */
  proxy: Proxy
  stripe: Played
  bigQuery: Played
  kms: Played
  stop(): Promise<void>
}

/**
 * The built product with the real SDKs of Stripe, BigQuery and Cloud KMS, each with a server of ours at its other end, and
 * a database that is reached through a proxy.
 */
export async function startWithRealProviders(): Promise<RealProviders> {
  const cluster = await startCluster()
  const proxy = await startProxy(cluster.port)
  const ports = await freePorts()
  const webhook = `http://localhost:${ports.api}/api/webhooks/stripe`
  const [stripe, bigQuery, kms] = await Promise.all([
    play('stripe', (port) => ['--port', port, '--webhook', webhook, '--secret', STRIPE.STRIPE_WEBHOOK_SECRET]),
    play('bigquery', (port) => ['--port', port]),
    play('cloud-kms', (port) => [port]),
  ])
  const databaseUrl = new URL(cluster.ownerUrl)
  databaseUrl.port = String(proxy.port)
  const dataDir = newDataDir()
  const product = await startProduct({
    ...{ dataDir, ports },
    env: {
      ...STRIPE,
      ...{ DATABASE_URL: databaseUrl.href, GANGWAY_ROOT_KEY: cluster.rootKey, STRIPE_API_BASE: stripe.url },
      ...{ BIGQUERY_PROJECT_ID: 'gangway-fake', BIGQUERY_API_ENDPOINT: bigQuery.url },
      ...{ KMS_KEY_NAME, KMS_API_ENDPOINT: kms.url },
    },
  })
  return {
    ...{ product, proxy, stripe, bigQuery, kms, rootKey: cluster.rootKey, superuserUrl: cluster.superuserUrl },
    async stop() {
      await product.stop()
      await Promise.all([stripe.stop(), bigQuery.stop(), kms.stop()])
      await proxy.close()
      await cluster.close()
      removeDataDir(dataDir)
    },
  }
}

/** Starts the server by hand, as somebody would in development, and waits until it answers. */
async function play(service: string, args: (port: string) => string[]): Promise<Played> {
  const port = String(await freePort())
  const main = fileURLToPath(new URL(`../../packages/adapters/src/${service}/fake/main.ts`, import.meta.url))
  const child = spawn(process.execPath, [main, ...args(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await saidSomething(child)
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    async fail(fault) {
      const { status } = await fetch(`${url}/_fake/faults`, { method: 'POST', body: JSON.stringify(fault) })
      if (status !== 204) throw new Error(`${service} does not know this fault`)
    },
    stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGINT')
      return ended
    },
  }
}

function saidSomething(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
}
