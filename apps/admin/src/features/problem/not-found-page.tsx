'use client'

import { Button } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { CenteredPage } from '../shell/centered-page.tsx'

export function NotFoundPage() {
  return (
    <CenteredPage title="Page not found" description="The address is wrong, or what was here is gone.">
      <Button component={Link} href={paths.answers()}>
        Go to the answers
      </Button>
    </CenteredPage>
  )
}
