'use client'

import type { SavedView, SavedViewPage } from '@gangway/schemas/saved-views'
import { Button, Menu, Text } from '@mantine/core'
import { useState } from 'react'
import { RemoveViewDialog } from './remove-view-dialog.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import { useSavedViews } from './use-saved-views.ts'

interface SavedViewsMenuProps {
  page: SavedViewPage
  /** The search part of the page's address, without what is open on it. */
  search: string
  onOpen: (search: string) => void
}

/** Filters under names: to open one, to keep this one, to remove one's own. */
export function SavedViewsMenu({ page, search, onOpen }: SavedViewsMenuProps) {
  const { views } = useSavedViews(page)
  const [dialog, setDialog] = useState<'save' | 'remove' | null>(null)
  const own = views.data?.filter((view) => view.own) ?? []
  const others = views.data?.filter((view) => !view.own) ?? []
  const here = views.data?.find(({ query }) => query === search)
  const item = ({ id, name, query, own: isOwn, shared, owner }: SavedView) => (
    <Menu.Item key={id} onClick={() => onOpen(query)} aria-current={id === here?.id ? 'true' : undefined}>
      {name}
      <Text span display="block" size="xs" c="dimmed">
        {isOwn ? (shared ? 'Shared with all admins' : 'Only you see it') : `By ${owner}`}
      </Text>
    </Menu.Item>
  )
  return (
    <>
      <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default">{here ? `View: ${here.name}` : 'Views'}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own.length > 0 ? <Menu.Label>Your views</Menu.Label> : null}
          {own.map(item)}
          {others.length > 0 ? <Menu.Label>Shared with you</Menu.Label> : null}
          {others.map(item)}
          {views.data?.length ? <Menu.Divider /> : null}
          <Menu.Item onClick={() => setDialog('save')}>Save this view…</Menu.Item>
          {own.length > 0 ? <Menu.Item onClick={() => setDialog('remove')}>Remove views…</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' ? (
        <SaveViewDialog page={page} search={search} own={own} current={here} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'remove' ? <RemoveViewDialog page={page} own={own} onClose={() => setDialog(null)} /> : null}
    </>
  )
}
