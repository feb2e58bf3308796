'use client'

import { PageHeader } from '../shell/page-header.tsx'
import { Deliveries } from './deliveries.tsx'
import { EndpointsPanel } from './endpoints-panel.tsx'

/** The operators' own endpoints, and what was sent to everybody's. */
export function WebhooksPage() {
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Programs that are told what happens: yours, which hear of every organization, and those of customers."
      />
      <EndpointsPanel />
      <Deliveries />
    </>
  )
}
