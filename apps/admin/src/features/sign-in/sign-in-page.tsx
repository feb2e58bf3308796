'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { paths } from '../../paths.ts'
import { CenteredPage } from '../shell/centered-page.tsx'
import { CustomersNotice } from './customers-notice.tsx'
import { returnPath } from './return-path.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useViewer } from './use-viewer.ts'

export function SignInPage() {
  const { data: viewer } = useViewer()
  const router = useRouter()
  const next = returnPath(useSearchParams().get('from'), paths.answers())
  const welcome = viewer?.role === 'admin'

  useEffect(() => {
    if (welcome) router.replace(next)
  }, [welcome, next, router])

  if (viewer?.role === 'customer') return <CustomersNotice viewer={viewer} />
  return (
    <CenteredPage title="Sign in" description="For staff only.">
      <SignInForm leaving={welcome} />
    </CenteredPage>
  )
}
