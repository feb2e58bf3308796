import { useSearchParams } from 'next/navigation'
import { startTransition, useOptimistic } from 'react'

interface AddressQuery<Query> {
  read: (params: URLSearchParams) => Query
  href: (query: Query) => string
}

/** A filter and a way to change it. It lives in the address alone, so that it can be reloaded and sent to others. */
export function useAddressQuery<Query>({ read, href }: AddressQuery<Query>): [Query, (query: Query) => void] {
  const params = useSearchParams()
  // The address follows a moment later, and an input that waited for it would lose what is typed meanwhile.
  const [query, showAtOnce] = useOptimistic(read(new URLSearchParams(params)))
  const change = (next: Query) =>
    startTransition(() => {
      showAtOnce(next)
      // The router would ask the server for a page that is the same for every filter.
      window.history.replaceState(null, '', href(next))
    })
  return [query, change]
}
