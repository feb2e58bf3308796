'use client'

import { Group, SegmentedControl, Tabs } from '@mantine/core'
import { useState } from 'react'
import classes from './mail-preview.module.css'
import { MailText } from './mail-text.tsx'
import { type PreviewScheme, previewDocument } from './preview-document.ts'

const WIDTHS = [
  { value: '600', label: 'Wide' },
  { value: '360', label: 'Phone' },
]

const SCHEMES: { value: PreviewScheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** A mail as programs show it: its page, on a wide or a narrow screen and in both schemes, and its plain text. */
export function MailPreview({ text, html }: { text: string; html: string }) {
  const [width, setWidth] = useState('600')
  const [scheme, setScheme] = useState<PreviewScheme>('light')
  return (
    <Tabs defaultValue="page" className={classes.tabs}>
      <Tabs.List>
        <Tabs.Tab value="page">Page</Tabs.Tab>
        <Tabs.Tab value="text">Text</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="page" pt="md" className={classes.panel}>
        <Group mb="sm" gap="sm">
          <SegmentedControl size="xs" aria-label="Width" data={WIDTHS} value={width} onChange={setWidth} />
          <SegmentedControl size="xs" aria-label="Colour scheme" data={SCHEMES} value={scheme} onChange={setScheme} />
        </Group>
        <div className={classes.screen}>
          {/* No scripts, no forms, no access to this page: links open in a tab of their own, and that is all. */}
          <iframe
            title="Preview of the mail"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={previewDocument(html, scheme)}
            className={classes.preview}
            data-scheme={scheme}
            style={{ maxWidth: `${width}px` }}
          />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        <MailText text={text} />
      </Tabs.Panel>
    </Tabs>
  )
}
