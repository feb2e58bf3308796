import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { GroupCommit } from './group-commit.ts'

interface Item {
  key: string
  n: number
}

/** A group commit whose commits end when they are told to. */
function arrange({ alone }: { alone?: (item: Item) => Promise<number> } = {}) {
  const commits: { items: Item[]; end: () => void; fail: () => void }[] = []
  const group = new GroupCommit<Item, number>({
    key: ({ key }) => key,
    together: (items) =>
      new Promise((resolve, reject) => {
        commits.push({
          items,
          end: () => resolve(items.map(({ n }) => n * 10)),
          fail: () => reject(new Error('the group failed')),
        })
      }),
    alone: alone ?? (async ({ n }) => n * 100),
  })
  return { group, commits, numbers: () => commits.map(({ items }) => items.map(({ n }) => n)) }
}

const item = (n: number, key = String(n)): Item => ({ key, n })

describe('GroupCommit', () => {
  it('lets a lone item wait for nobody', async () => {
    const { group, commits } = arrange()
    const answer = group.add(item(1))
    await nextTurn()
    expect(commits).toHaveLength(1)
    commits[0]?.end()
    expect(await answer).toBe(10)
  })

  it('writes together what comes while two commits are under way, and answers each its own', async () => {
    const { group, commits, numbers } = arrange()
    const answers = [group.add(item(1))]
    await nextTurn()
    answers.push(group.add(item(2)))
    await nextTurn()
    for (const n of [3, 4, 5]) answers.push(group.add(item(n)))
    await nextTurn()
    expect(numbers()).toEqual([[1], [2]])
    commits[0]?.end()
    await nextTurn()
    await nextTurn()
    expect(numbers()).toEqual([[1], [2], [3, 4, 5]])
    for (const commit of commits.slice(1)) commit.end()
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50])
  })

  it('never puts two of one key into one commit, and keeps their order', async () => {
    const { group, commits, numbers } = arrange()
    const answers = [group.add(item(1, 'a')), group.add(item(2, 'a')), group.add(item(3, 'b')), group.add(item(4, 'a'))]
    for (let turn = 0; turn < 6; turn++) {
      await nextTurn()
      for (const commit of commits) commit.end()
      await nextTurn()
    }
    expect(numbers()).toEqual([[1, 3], [2], [4]])
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40])
  })

  it('puts no more than 256 into one commit', async () => {
    const { group, commits } = arrange()
    const answers = Array.from({ length: 300 }, (_, n) => group.add(item(n)))
    await nextTurn()
    commits[0]?.end()
    await nextTurn()
    await nextTurn()
    expect(commits.map(({ items }) => items.length)).toEqual([256, 44])
    commits[1]?.end()
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 300 }, (_, n) => n * 10))
  })

  it('does each alone when the group fails, so that one that breaks a rule fails alone', async () => {
    const alone = async ({ n }: Item) => {
      if (n === 2) throw new Error('2 breaks a rule')
      return n * 100
    }
    const { group, commits } = arrange({ alone })
    const answers = Promise.allSettled([1, 2, 3].map((n) => group.add(item(n))))
    await nextTurn()
    commits[0]?.fail()
    expect(await answers).toMatchObject([
      { status: 'fulfilled', value: 100 },
      { status: 'rejected', reason: { message: '2 breaks a rule' } },
      { status: 'fulfilled', value: 300 },
    ])
  })

  it('lets nobody wait for one that has to wait alone', async () => {
    const { group, commits } = arrange({ alone: () => new Promise(() => {}) })
    void group.add(item(1))
    void group.add(item(2))
    await nextTurn()
    commits[0]?.fail()
    await nextTurn()
    const next = group.add(item(3))
    await nextTurn()
    commits[1]?.end()
    expect(await next).toBe(30)
  })
})
