'use client'

import { IconCloudOff } from '@tabler/icons-react'
import { useAnswers } from '../questionnaire/answers.ts'
import { useWords } from '../words/words.ts'
import { useIsConnected } from './connection.ts'
import styles from './offline-banner.module.css'
import { useOutbox } from './outbox.ts'
import { unsentOf } from './queue.ts'

/** At the lower edge: it covers nothing and moves nothing when it comes and goes. */
export function OfflineBanner() {
  const isConnected = useIsConnected()
  const words = useWords()
  const sessionId = useAnswers((state) => state.sessionId)
  const waiting = useOutbox(({ saves }) => unsentOf(saves, sessionId).length)
  return (
    <div role="status" aria-label={words.connection} lang={words.lang} className={styles.place}>
      {!isConnected && (
        <div className={styles.banner}>
          <IconCloudOff size={18} aria-hidden className={styles.icon} />
          <span>
            {words.offline} <span className={styles.count}>{words.waiting(waiting)}</span>
          </span>
        </div>
      )}
    </div>
  )
}
