'use client'

import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { elapsedText } from './elapsed-text.ts'
import styles from './elapsed.module.css'
import type { StageRow } from './stage-rows.ts'

/** How long a stage has taken, or is taking. */
export function Elapsed({ row: { state, startedAt, endedAt } }: { row: StageRow }) {
  const isRunning = startedAt !== null && (state === 'active' || state === 'retrying')
  const now = useNow(isRunning)
  const end = isRunning ? now : endedAt?.getTime()
  return (
    <Text size="sm" c="dimmed" className={styles.elapsed}>
      {startedAt && end !== undefined ? elapsedText(end - startedAt.getTime()) : ''}
    </Text>
  )
}

function useNow(isRunning: boolean): number | undefined {
  const [now, setNow] = useState<number>()
  useEffect(() => {
    if (!isRunning) return
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [isRunning])
  return now
}
