'use client'

import type { Mail } from '@gangway/schemas/mail'
import { DataList, Drawer, Stack, Tabs, Text } from '@mantine/core'
import { Moment } from '../shell/moment.tsx'
import classes from './mail-drawer.module.css'
import { MailText } from './mail-text.tsx'
import { previewDocument } from './preview-document.ts'

interface MailDrawerProps {
  opened: boolean
  /** undefined when the address names a mail that is not there. */
  mail: Mail | undefined
  onClose: () => void
}

export function MailDrawer({ opened, mail, onClose }: MailDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(100%, 44rem)"
      title={mail?.subject ?? 'Mail not found'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
    >
      {mail ? <Message mail={mail} /> : <Text>It may have been removed since the link was made.</Text>}
    </Drawer>
  )
}

function Message({ mail }: { mail: Mail }) {
  return (
    <Stack h="100%">
      <DataList gap="xs" labelWidth="4rem">
        <DataList.Item>
          <DataList.ItemLabel>To</DataList.ItemLabel>
          <DataList.ItemValue>{mail.to}</DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>Time</DataList.ItemLabel>
          <DataList.ItemValue>
            <Moment at={mail.createdAt} />
          </DataList.ItemValue>
        </DataList.Item>
      </DataList>
      <Tabs defaultValue="preview" className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="preview">Preview</Tabs.Tab>
          <Tabs.Tab value="text">Text</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="preview" pt="md" className={classes.panel}>
          {/* No scripts, no forms, no access to this page: links open in a tab of their own, and that is all. */}
          <iframe
            title="Preview of the mail"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={previewDocument(mail.html)}
            className={classes.preview}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="md">
          <MailText text={mail.text} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
