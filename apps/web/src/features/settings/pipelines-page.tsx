'use client'

import { PipelineRuns } from './pipeline-runs.tsx'
import { PipelineStart } from './pipeline-start.tsx'
import { QuotaSection } from './quota-section.tsx'
import { SettingsPage } from './settings-page.tsx'

export function PipelinesPage() {
  return (
    <SettingsPage title="Pipelines" summary="Fetch the usage and cost of your providers into your workspace." forMembers>
      {({ id, role }) => (
        <>
          <PipelineStart orgId={id} isManager={role !== 'member'} />
          <QuotaSection orgId={id} />
          <PipelineRuns orgId={id} />
        </>
      )}
    </SettingsPage>
  )
}
