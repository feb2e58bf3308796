import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countPlaywright, countVitest } from './reports.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'gangway-reports-'))
const file = path.join(folder, 'report.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(content) {
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('the count of a report', () => {
  it('is one failure when there is no report', () => {
    expect(countVitest(path.join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1 })
    expect(countPlaywright(path.join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1 })
  })

  it('holds files that failed without a test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    ]
    expect(countVitest(report({ numPassedTests: 1, numFailedTests: 1, testResults }), 1)).toEqual({ passed: 1, failed: 2 })
  })

  it('is never clean when the exit code is not', () => {
    expect(countVitest(report({ numPassedTests: 3, numFailedTests: 0, testResults: [] }), 1)).toEqual({ passed: 3, failed: 1 })
    expect(countPlaywright(report({ stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [] }), 1)).toEqual({
      passed: 2,
      failed: 1,
    })
  })

  it('is the tests of the browser', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 0 }
    expect(countPlaywright(report({ stats, errors: [{}] }), 1)).toEqual({ passed: 4, failed: 1 })
  })
})
