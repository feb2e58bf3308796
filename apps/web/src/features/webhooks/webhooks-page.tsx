'use client'

import { SettingsPage } from '../settings/settings-page.tsx'
import { Deliveries } from './deliveries.tsx'
import { Endpoints } from './endpoints.tsx'

/** Where an organization wants its programs to be told. */
export function WebhooksPage() {
  return (
    <SettingsPage
      title="Webhooks"
      summary="Gangway posts to an address of yours when something happens, signed so that you can tell that it is us."
      forMembers={false}
    >
      {({ id }) => (
        <>
          <Endpoints orgId={id} />
          <Deliveries orgId={id} />
        </>
      )}
    </SettingsPage>
  )
}
