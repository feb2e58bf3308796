'use client'

import { Badge, VisuallyHidden } from '@mantine/core'
import { useAlerts } from './use-alerts.ts'

/** How many alerts are raised; nothing while all is well. */
export function AlertsBadge() {
  const raised = useAlerts().data?.filter((alert) => alert.raised).length ?? 0
  if (raised === 0) return null
  return (
    <Badge component="span" size="sm" circle color="red.8">
      {raised}
      <VisuallyHidden> raised</VisuallyHidden>
    </Badge>
  )
}
