import { existsSync, readFileSync } from 'node:fs'

/**
 * How many tests of a run passed and failed. What failed without being a test (a file that cannot be loaded,
 * a left-open connection, a crash before the report) counts as one.
 */
export function countVitest(file, code) {
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    testResults,
  } = read(file) ?? { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed),
  ).length
  return settle(passed, failed + broken, code)
}

/** @see countVitest */
export function countPlaywright(file, code) {
  const { stats, errors } = read(file) ?? { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [] }
  return settle(stats.expected + stats.flaky, stats.unexpected + (stats.unexpected === 0 ? errors.length : 0), code)
}

function settle(passed, failed, code) {
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed }
}

function isFailed({ status }) {
  return status === 'failed'
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
