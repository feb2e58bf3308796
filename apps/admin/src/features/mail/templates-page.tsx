'use client'

import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { TemplateList } from './template-list.tsx'
import { TemplateView } from './template-view.tsx'
import classes from './templates-page.module.css'

/** Every mail that Gangway writes, as people will see it. */
export function TemplatesPage() {
  const trpc = useTRPC()
  const chosen = useSearchParams().get('template')
  const templates = useQuery(trpc.admin.mail.templates.queryOptions(undefined, { staleTime: Infinity }))
  const template = templates.data?.find(({ id }) => id === chosen) ?? templates.data?.[0]
  return (
    <>
      <PageHeader title="Mail templates" description="Every mail that Gangway writes, with the data of nobody.">
        <Button component={Link} href={paths.mail()} variant="default" size="sm">
          Mail
        </Button>
      </PageHeader>
      {templates.error ? <ProblemNotice error={templates.error} retry={() => void templates.refetch()} /> : null}
      {templates.error ? null : (
        <div className={classes.columns}>
          {templates.data && template ? (
            <>
              <TemplateList templates={templates.data} chosen={template.id} />
              <TemplateView key={template.id} template={template} />
            </>
          ) : (
            <>
              <Skeleton h={400} />
              <Skeleton h={700} />
            </>
          )}
        </div>
      )}
    </>
  )
}
