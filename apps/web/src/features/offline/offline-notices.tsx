'use client'

import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { answers, useAnswers } from '../questionnaire/answers.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { outbox, useOutbox } from './outbox.ts'
import { refusedOf } from './queue.ts'

/** Few ever see it. */
const RefusedPanel = dynamic(() => import('./refused-panel.tsx').then((module) => module.RefusedPanel), { ssr: false })

/** What people have to know of their saves, on whichever page they are. */
export function OfflineNotices() {
  const sessionId = useAnswers((state) => state.sessionId)
  const saves = useOutbox((state) => state.saves)
  const refused = refusedOf(saves, sessionId)
  useEffect(() => {
    void answers.hydrate()
    void outbox.load()
    return outbox.follow()
  }, [])
  return (
    <>
      {refused.length > 0 && <RefusedPanel refused={refused} />}
      <OfflineBanner />
    </>
  )
}
