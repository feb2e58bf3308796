'use client'

import { Button, Center } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { countRows, focusRow } from './row-keys.ts'

interface LoadMoreProps {
  list: { hasNextPage: boolean; isPlaceholderData: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

/** The way to a list's next page, where there is one. The focus goes on to the first row that is new. */
export function LoadMore({ list }: LoadMoreProps) {
  const { isFetchingNextPage } = list
  const shown = useRef<number | null>(null)
  useEffect(() => {
    if (isFetchingNextPage || shown.current === null) return
    focusRow(shown.current)
    shown.current = null
  }, [isFetchingNextPage])
  const load = () => {
    shown.current = countRows()
    void list.fetchNextPage()
  }
  if (!list.hasNextPage || list.isPlaceholderData) return null
  return (
    <Center mt="lg">
      <Button variant="default" onClick={load} loading={isFetchingNextPage}>
        Load more
      </Button>
    </Center>
  )
}
