import { describe, expect, it } from 'vitest'
import { testClock } from './clock.ts'

describe('testClock', () => {
  it('wakes sleepers in order, each at its time, those included that sleep again', async () => {
    const clock = testClock({ start: new Date(0) })
    const woken: string[] = []
    const sleepTwice = async () => {
      await clock.sleep(10)
      woken.push(`a ${clock.now().getTime()}`)
      await clock.sleep(10)
      woken.push(`a ${clock.now().getTime()}`)
    }
    const done = Promise.all([sleepTwice(), clock.sleep(15).then(() => woken.push(`b ${clock.now().getTime()}`))])
    await clock.advance(9)
    expect(woken).toEqual([])
    await clock.advance(11)
    await done
    expect(woken).toEqual(['a 10', 'b 15', 'a 20'])
  })

  it('ends short sleeps at once where told to, and long ones only when advanced or aborted', async () => {
    const clock = testClock({ start: new Date(0), autoUpToMs: 4000 })
    await clock.sleep(4000)
    expect(clock.now().getTime()).toBe(4000)
    const abort = new AbortController()
    const long = clock.sleep(15_000, abort.signal)
    abort.abort()
    await long
    expect(clock.now().getTime()).toBe(4000)
    expect(clock.sleeps).toEqual([4000, 15_000])
  })
})
