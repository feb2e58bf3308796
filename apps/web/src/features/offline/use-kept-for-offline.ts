import type { StepId } from '@gangway/schemas/questionnaire'
import { useEffect } from 'react'
import { paths } from '../../paths.ts'
import { keepForOffline } from './service-worker.ts'

/** Once somebody is in the wizard, all its pages open without a network. */
export function useKeptForOffline(steps: readonly { id: StepId }[], isReady: boolean): void {
  const pages = steps.map(({ id }) => paths.step(id)).join(' ')
  useEffect(() => {
    if (!isReady) return
    // When the page has nothing better to do: what is shown now comes first.
    const timer = setTimeout(() => void keepForOffline(pages.split(' ')), 1000)
    return () => clearTimeout(timer)
  }, [pages, isReady])
}
