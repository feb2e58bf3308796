'use client'

import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { answers, useAnswers } from '../questionnaire/answers.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { outbox, useOutbox } from './outbox.ts'
import { refusedOf, unsentOf } from './queue.ts'

/** Few ever see it. */
const RefusedPanel = dynamic(() => import('./refused-panel.tsx').then((module) => module.RefusedPanel), { ssr: false })

const SendWaiting = dynamic(() => import('./send-waiting.tsx').then((module) => module.SendWaiting), { ssr: false })

/** What people have to know of their saves, on whichever page they are. The wizard sends them itself. */
export function OfflineNotices({ isWizard }: { isWizard: boolean }) {
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
      {!isWizard && unsentOf(saves, sessionId).length > 0 && <SendWaiting />}
      <OfflineBanner />
    </>
  )
}
