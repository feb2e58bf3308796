import { useLocalStorage } from '@mantine/hooks'
import { DEFAULT_COLUMNS } from './columns.tsx'

/** The columns that this browser's reader has chosen, and a way to choose others. */
export function useColumns(): [readonly string[], (columns: string[]) => void] {
  const [columns, setColumns] = useLocalStorage<readonly string[]>({
    key: 'gangway.answers.columns',
    defaultValue: DEFAULT_COLUMNS,
    // Staff pages are not rendered on the server, so there is nothing to differ from.
    getInitialValueInEffect: false,
    deserialize: read,
  })
  return [columns, setColumns]
}

function read(text: string | undefined): readonly string[] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : DEFAULT_COLUMNS
  } catch {
    return DEFAULT_COLUMNS
  }
}
