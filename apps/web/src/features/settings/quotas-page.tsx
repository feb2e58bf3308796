'use client'

import { QuotaSection } from './quota-section.tsx'
import { SettingsPage } from './settings-page.tsx'

export function QuotasPage() {
  return (
    <SettingsPage title="Quotas" summary="How many pipelines you can run. A run that fails gives its place back." forMembers>
      {({ id }) => <QuotaSection orgId={id} />}
    </SettingsPage>
  )
}
