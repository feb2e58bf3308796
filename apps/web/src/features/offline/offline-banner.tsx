'use client'

import { IconCloudOff } from '@tabler/icons-react'
import { useAnswers } from '../questionnaire/answers.ts'
import { useIsConnected } from './connection.ts'
import styles from './offline-banner.module.css'
import { useOutbox } from './outbox.ts'
import { unsentOf } from './queue.ts'

/** At the lower edge: it covers nothing and moves nothing when it comes and goes. */
export function OfflineBanner() {
  const isConnected = useIsConnected()
  const sessionId = useAnswers((state) => state.sessionId)
  const waiting = useOutbox(({ saves }) => unsentOf(saves, sessionId).length)
  return (
    <div role="status" aria-label="Connection" className={styles.place}>
      {!isConnected && (
        <div className={styles.banner}>
          <IconCloudOff size={18} aria-hidden className={styles.icon} />
          <span>
            Offline: your answers are saved on this device. <span className={styles.count}>{textOf(waiting)}</span>
          </span>
        </div>
      )}
    </div>
  )
}

function textOf(waiting: number): string {
  if (waiting === 0) return 'Nothing waits to be sent.'
  return waiting === 1 ? '1 change waits to be sent.' : `${waiting} changes wait to be sent.`
}
