import type { RunView, StartedRun } from '@gangway/schemas/provisioning'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useReducer, useState } from 'react'
import { useTRPC, useTRPCClient } from '../../trpc/client.ts'
import { UNTIL_ANSWERED, whyUnanswered } from '../../trpc/until-answered.ts'
import { NOTHING_YET, type RunProgress, withEvent, withView } from './stage-rows.ts'

/** How long the stream may be gone before the page asks by itself, and how often it asks. */
const PATIENCE_MS = 3000
const POLL_MS = 2000
/** How often a stream that was refused is asked for again. */
const RECONNECT_MS = 15_000

export interface LiveRun {
  progress: RunProgress
  /** What the start was answered; undefined until then. */
  part: StartedRun['part'] | undefined
  /** Why the run cannot be shown. What can pass is tried again by itself. */
  error: unknown
  restart(): void
  /** Takes in what an action on the run was answered. */
  takeIn(view: RunView): void
}

/** Starts or joins a run, once per page load, and follows it to its end. */
export function useRun(checkoutSessionId: string): LiveRun {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [progress, dispatch] = useReducer(
    (before: RunProgress, step: (before: RunProgress) => RunProgress) => step(before),
    NOTHING_YET,
  )
  const takeIn = (view: RunView) => dispatch((before) => withView(before, view))

  // A query, though it changes something: it runs once for a page load, however often the page renders.
  const queryClient = useQueryClient()
  const queryKey = ['provisioning.start', checkoutSessionId]
  const start = useQuery({
    ...UNTIL_ANSWERED,
    queryKey,
    queryFn: () => client.provisioning.start.mutate({ checkoutSessionId }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  })
  const started = start.data?.run
  useEffect(() => {
    if (started) dispatch((before) => withView(before, started))
  }, [started])

  const stream = useSubscription(
    trpc.provisioning.progress.subscriptionOptions(
      { checkoutSessionId },
      { enabled: start.isSuccess, onData: ({ data }) => dispatch((before) => withEvent(before, data)) },
    ),
  )
  const isOver = progress.state === 'succeeded' || progress.state === 'rolled_back'
  const isDown = useIsDown(start.isSuccess && !isOver && stream.status !== 'pending')
  const { data: polled } = useQuery(
    trpc.provisioning.get.queryOptions(
      { checkoutSessionId },
      { enabled: isDown, refetchInterval: POLL_MS, staleTime: 0, gcTime: 0 },
    ),
  )
  useEffect(() => {
    if (isDown && polled) dispatch((before) => withView(before, polled))
  }, [isDown, polled])

  const { status, reset } = stream
  useEffect(() => {
    if (status !== 'error' || isOver) return
    const timer = setTimeout(reset, RECONNECT_MS)
    return () => clearTimeout(timer)
  }, [status, isOver, reset])

  return {
    ...{ progress, part: start.data?.part, error: whyUnanswered(start), takeIn },
    restart: () => void queryClient.resetQueries({ queryKey, exact: true }),
  }
}

/** True once something has lasted for a while. */
function useIsDown(isGone: boolean): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isGone) return
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [isGone])
  return isGone && isLong
}
