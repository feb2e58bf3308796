'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { useAnswers } from '../questionnaire/answers.ts'
import { useSaveEngine } from '../questionnaire/use-save-engine.ts'

/** Sends what waits from whichever page is opened, looked at or online again: people need not come back to the questions. */
export function SendWaiting() {
  const { engine } = useSaveEngine()
  const { data } = useQuery(useTRPC().onboarding.get.queryOptions())
  // What somebody else left in this browser waits for them.
  const isTheirs = useAnswers(({ sessionId }) => sessionId === data?.id)
  useEffect(() => {
    if (!isTheirs) return
    const send = () => void engine.resume()
    send()
    window.addEventListener('online', send)
    window.addEventListener('focus', send)
    return () => {
      window.removeEventListener('online', send)
      window.removeEventListener('focus', send)
    }
  }, [isTheirs, engine])
  return null
}
