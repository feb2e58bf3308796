'use client'

import { Button, Container } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { whyUnanswered } from '../../trpc/until-answered.ts'
import { useViewer } from '../account/use-viewer.ts'
import { AppHeader } from './app-header.tsx'
import { here } from './here.ts'
import { ProblemAlert } from './problem-alert.tsx'
import styles from './signed-in-page.module.css'

/** After the page itself: most visits have nothing to be told. */
const OfflineNotices = dynamic(() => import('../offline/offline-notices.tsx').then((module) => module.OfflineNotices), {
  ssr: false,
})

interface SignedInPageProps {
  width: 'narrow' | 'wide'
  aside?: ReactNode
  /** The page keeps what it needs in the browser: it need not hear from the server who is there. */
  worksOffline?: boolean
  children: ReactNode
}

/**
 * The frame of every page for people who are signed in. Nobody is sent to sign in, and comes back to the same page. The
 * content asks for its data at once: it need not wait to hear who is there.
 */
export function SignedInPage({ width, aside, worksOffline = false, children }: SignedInPageProps) {
  const router = useRouter()
  const viewing = useViewer()
  const viewer = viewing.data
  const missing = whyUnanswered(viewing)
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  useEffect(() => {
    if (viewer === null) router.replace(paths.signIn(here()))
  }, [viewer, router])

  return (
    <div className={styles.page}>
      <a href="#content" className={styles.skip}>
        Skip to the content
      </a>
      <AppHeader>{aside}</AppHeader>
      <Container
        component="main"
        id="content"
        size={width === 'narrow' ? '42rem' : '68rem'}
        px="lg"
        py={{ base: 'xl', sm: '3rem' }}
        w="100%"
      >
        {viewer !== null && <OfflineNotices isWizard={worksOffline} />}
        {missing && !worksOffline ? (
          <ProblemAlert title="This page could not be loaded" problem={problemOf(missing)}>
            <Button size="xs" variant="default" onClick={() => void queryClient.resetQueries(trpc.account.me.queryFilter())}>
              Try again
            </Button>
          </ProblemAlert>
        ) : (
          viewer !== null && children
        )}
      </Container>
    </div>
  )
}
