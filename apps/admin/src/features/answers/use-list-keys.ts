import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'
import { stepRow } from '../records/row-keys.ts'

/** Whether single keys do something. They can be turned off. https://www.w3.org/TR/WCAG22/#character-key-shortcuts */
export function useSingleKeys() {
  return useLocalStorage({ key: 'gangway.single-keys', defaultValue: true, getInitialValueInEffect: false })
}

/** j and k go from row to row, / to the search, ? asks for help. Not while something is typed or a dialog is open. */
export function useListKeys({ isOn, onHelp }: { isOn: boolean; onHelp: () => void }): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
    if (event.key === 'j') stepRow(1)
    else if (event.key === 'k') stepRow(-1)
    else if (event.key === '/') document.querySelector<HTMLInputElement>('search input[type="search"]')?.focus()
    else if (event.key === '?') onHelp()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    if (!isOn) return undefined
    const listen = (event: KeyboardEvent) => act(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOn])
}

function isBusy(target: EventTarget | null): boolean {
  const typing = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
  return typing || document.querySelector('[role="dialog"]') !== null
}
