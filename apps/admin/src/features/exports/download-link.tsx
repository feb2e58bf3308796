'use client'

import type { ExportView } from '@gangway/schemas/exports'
import { Button } from '@mantine/core'
import { useApiOrigin } from '../shell/api-origin.ts'

interface DownloadLinkProps {
  exported: Pick<ExportView, 'downloadPath' | 'fileName'>
  size?: 'compact-sm'
}

/** Leads to the file, where there is one. */
export function DownloadLink({ exported: { downloadPath, fileName }, size }: DownloadLinkProps) {
  const origin = useApiOrigin()
  if (!downloadPath) return null
  return (
    <Button
      component="a"
      href={`${origin}${downloadPath}`}
      download={fileName}
      aria-label={`Download ${fileName}`}
      {...(size && { size, variant: 'default' })}
    >
      Download
    </Button>
  )
}
