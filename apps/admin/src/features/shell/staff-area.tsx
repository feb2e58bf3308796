'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { paths } from '../../paths.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { CustomersNotice } from '../sign-in/customers-notice.tsx'
import { useViewer } from '../sign-in/use-viewer.ts'
import { CenteredPage } from './centered-page.tsx'
import { StaffShell } from './staff-shell.tsx'

/**
 * Shows its pages to admins only. This spares others a page of refusals; what protects the data is the API,
 * which asks the same of every call.
 */
export function StaffArea({ children }: { children: ReactNode }) {
  const viewer = useViewer()
  const router = useRouter()
  const signedOut = viewer.data === null

  useEffect(() => {
    if (signedOut) router.replace(paths.signIn(`${window.location.pathname}${window.location.search}`))
  }, [signedOut, router])

  if (viewer.error && viewer.data === undefined) {
    return (
      <CenteredPage title="Staff">
        <ProblemNotice error={viewer.error} retry={() => void viewer.refetch()} />
      </CenteredPage>
    )
  }
  if (viewer.data?.role === 'customer') return <CustomersNotice viewer={viewer.data} />
  return <StaffShell viewer={viewer.data ?? null}>{viewer.data ? children : null}</StaffShell>
}
