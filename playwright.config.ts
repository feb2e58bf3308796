import { availableParallelism } from 'node:os'
import { defineConfig, devices } from '@playwright/test'

/** The product is started once, before the tests, which learn its addresses from the environment. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/start-product.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: Math.min(4, availableParallelism()),
  timeout: 120_000,
  // Long, for machines that do much else: what passes does not wait.
  expect: { timeout: 20_000 },
  reporter: [['line'], ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? 'test-results/playwright.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['E2E_WEB_URL'],
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'], chromiumSandbox: false, args: ['--disable-dev-shm-usage'] },
  },
})
