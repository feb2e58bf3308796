import type { LanguageCode } from '@gangway/schemas/questionnaire'
import { useEffect } from 'react'
import { create } from 'zustand'
import { EN, type Words } from './en.ts'

/** English is there from the start; another language is fetched by those who read it. */
const LATER: Record<Exclude<LanguageCode, 'en'>, () => Promise<Words>> = {
  de: () => import('./de.ts').then(({ DE }) => DE),
  es: () => import('./es.ts').then(({ ES }) => ES),
  fr: () => import('./fr.ts').then(({ FR }) => FR),
}

/** `wanted` is the language that the page has asked for; its words may still be under way. */
const useSpoken = create<{ wanted: LanguageCode; words: Words; isSettled: boolean }>(() => ({
  ...{ wanted: 'en', words: EN, isSettled: true },
}))

/** The words of the page, in the language of what it asks. */
export function useWords(): Words {
  return useSpoken(({ words }) => words)
}

/** The same outside of a component, as they are now. */
export function wordsNow(): Words {
  return useSpoken.getState().words
}

/** Speaks a language for as long as the page is there. Answers false until its words are there, or cannot be had. */
export function useLanguage(language: LanguageCode): boolean {
  useEffect(() => {
    void speak(language)
  }, [language])
  useEffect(() => () => void speak('en'), [])
  return useSpoken(({ wanted, isSettled }) => wanted === language && isSettled)
}

async function speak(wanted: LanguageCode): Promise<void> {
  if (wanted === 'en') return useSpoken.setState({ wanted, words: EN, isSettled: true })
  useSpoken.setState({ wanted, isSettled: false })
  // Without a network, and without a copy, it is English.
  const words = await LATER[wanted]().catch(() => EN)
  if (useSpoken.getState().wanted === wanted) useSpoken.setState({ words, isSettled: true })
}
