import { describe, expect, it } from 'vitest'
import { columns, progressBar } from './output.ts'

function screen(options: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = []
  return { ...options, written, write: (text: string) => written.push(text) }
}

const steps = [
  { done: 1, total: 12, label: 'created org_profiles' },
  { done: 12, total: 12, label: 'present org_members' },
]

describe('progressBar', () => {
  it('is a line for each step where there is no terminal, and no control character', () => {
    const plain = screen()
    const bar = progressBar(plain)
    for (const step of steps) bar.step(step)
    bar.end()
    expect(plain.written).toEqual([' 1/12  created org_profiles\n', '12/12  present org_members\n'])
  })

  it('is drawn over in a terminal, fits into it, and is gone at the end', () => {
    const terminal = screen({ isTTY: true, columns: 40 })
    const bar = progressBar(terminal)
    for (const step of steps) bar.step(step)
    bar.end()
    expect(terminal.written).toEqual([
      '\r\u001B[K[##......................]  1/12  creat',
      '\r\u001B[K[########################] 12/12  prese',
      '\r\u001B[K',
    ])
  })

  it('takes a usual width for a terminal that does not know its own', () => {
    const terminal = screen({ isTTY: true, columns: 0 })
    progressBar(terminal).step({ done: 1, total: 2, label: 'x'.repeat(200) })
    expect(terminal.written[0]).toHaveLength(79 + '\r\u001B[K'.length)
  })
})

describe('columns', () => {
  it('lines up what differs in length', () => {
    expect(
      columns([
        ['passed', 'a', 'fine'],
        ['no', 'longer', ''],
      ]),
    ).toEqual(['passed  a       fine', 'no      longer'])
    expect(columns([])).toEqual([])
  })
})
