'use client'

import dynamic from 'next/dynamic'
import { create } from 'zustand'

/** Fetched with the first toast: most visits never show one. */
const ToastList = dynamic(() => import('./toast-list.tsx').then((module) => module.ToastList), { ssr: false })

const useWanted = create(() => ({ wanted: false }))

export interface Toast {
  /** A second toast with the same id replaces the first. */
  id: string
  title: string
  message: string
  tone: 'info' | 'problem'
}

export async function showToast(toast: Toast): Promise<void> {
  useWanted.setState({ wanted: true })
  const { pushToast } = await import('./toast-list.tsx')
  pushToast(toast)
}

export function Toasts() {
  const { wanted } = useWanted()
  return wanted ? <ToastList /> : null
}
