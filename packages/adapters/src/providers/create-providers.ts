import type { Clock, Providers } from '@gangway/core/ports'
import { createAnthropic } from './anthropic.ts'
import { createGemini } from './gemini.ts'
import { createOpenAi } from './openai.ts'

export interface ProvidersOptions {
  clock: Clock
  /** In place of the providers' own addresses. */
  baseUrls?: { openai?: string | undefined; anthropic?: string | undefined; gemini?: string | undefined }
}

export function createProviders({ clock, baseUrls = {} }: ProvidersOptions): Providers {
  return {
    openai: createOpenAi({ clock, baseUrl: baseUrls.openai ?? 'https://api.openai.com' }),
    anthropic: createAnthropic({ clock, baseUrl: baseUrls.anthropic ?? 'https://api.anthropic.com' }),
    gemini: createGemini({ clock, baseUrl: baseUrls.gemini ?? 'https://generativelanguage.googleapis.com' }),
  }
}
