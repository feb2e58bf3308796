import { SLUG_PATTERN } from '@gangway/schemas/slug'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

export type SlugVerdict =
  /** Not a slug yet, or the server cannot say: it is checked again when it counts. */
  { kind: 'unknown' | 'checking' | 'free' } | { kind: 'taken'; reason: 'taken' | 'reserved' }

const PAUSE_MS = 300

/** Whether a slug can be had, asked after a pause in the typing. `own` are slugs that are the person's already, and fine. */
export function useSlugCheck(slug: string, own: readonly string[] = []): SlugVerdict {
  const trpc = useTRPC()
  const [settled] = useDebouncedValue(slug, PAUSE_MS)
  const isSlug = SLUG_PATTERN.test(slug)
  const { data, isFetching } = useQuery(
    trpc.checkout.checkSlug.queryOptions({ slug: settled }, { enabled: SLUG_PATTERN.test(settled), staleTime: 10_000 }),
  )
  if (!isSlug) return { kind: 'unknown' }
  if (own.includes(slug)) return { kind: 'free' }
  if (slug !== settled || isFetching) return { kind: 'checking' }
  if (!data || data.reason === 'invalid') return { kind: 'unknown' }
  return data.reason === null ? { kind: 'free' } : { kind: 'taken', reason: data.reason }
}
