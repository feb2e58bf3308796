import { startFakeOpenAi } from '@gangway/adapters/providers/fake'
import { freePorts, newDataDir, removeDataDir, secrets, startProduct } from './product.ts'

/** One product for all browser tests; each test signs up people of its own. */
export default async function startForTests(): Promise<() => Promise<void>> {
  const openAi = await startFakeOpenAi()
  const product = await startProduct({
    dataDir: newDataDir(),
    ports: await freePorts(),
    env: { AUTH_ATTEMPTS_PER_MINUTE: '10000', OPENAI_API_BASE: openAi.url },
  })
  process.env['E2E_WEB_URL'] = product.urls.web
  process.env['E2E_ADMIN_URL'] = product.urls.admin
  process.env['E2E_API_URL'] = product.urls.api
  process.env['E2E_SUPERUSER_URL'] = product.superuserUrl()
  process.env['E2E_ADMIN_PASSWORD'] = secrets(product.dataDir).adminPassword
  process.env['E2E_OPENAI_KEY'] = openAi.keys.full
  process.env['E2E_OPENAI_REVOKED'] = openAi.keys.revoked
  return async () => {
    await product.stop()
    await openAi.close()
    removeDataDir(product.dataDir)
  }
}
