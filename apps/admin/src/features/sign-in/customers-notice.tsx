'use client'

import type { Viewer } from '@gangway/schemas/account'
import { Alert, Button, Text } from '@mantine/core'
import { CenteredPage } from '../shell/centered-page.tsx'
import { useSignOut } from './use-sign-out.ts'

/** For customers who came to the wrong door. */
export function CustomersNotice({ viewer }: { viewer: Viewer }) {
  const { signOut, failed } = useSignOut()
  return (
    <CenteredPage
      title="This app is for staff"
      description="Your account has no access to it. Nothing is wrong with your account."
    >
      <Text>
        You are signed in as <strong>{viewer.email}</strong>. Sign out to use another account.
      </Text>
      {failed ? (
        <Alert role="alert" color="red" variant="light">
          Unable to sign out. Please try again in a moment.
        </Alert>
      ) : null}
      <Button onClick={signOut}>Sign out</Button>
    </CenteredPage>
  )
}
