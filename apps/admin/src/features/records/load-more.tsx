'use client'

import { Button, Center } from '@mantine/core'

interface LoadMoreProps {
  list: { hasNextPage: boolean; isPlaceholderData: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

/** The way to a list's next page, where there is one. */
export function LoadMore({ list }: LoadMoreProps) {
  if (!list.hasNextPage || list.isPlaceholderData) return null
  return (
    <Center mt="lg">
      <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
        Load more
      </Button>
    </Center>
  )
}
