import * as z from 'zod/mini'

/** Whose usage and cost we fetch. */
export const PROVIDER_IDS = ['openai', 'anthropic', 'gemini'] as const
export const providerIdSchema = z.enum(PROVIDER_IDS)
export type ProviderId = z.infer<typeof providerIdSchema>

export interface ProviderDescription {
  name: string
  /** Which kind of key is asked for, and where people find it. */
  keyName: string
  keyUrl: string
  /** What the provider tells those who hold such a key. */
  reports: { usage: boolean; cost: boolean }
}

export const PROVIDERS: Record<ProviderId, ProviderDescription> = {
  openai: {
    name: 'OpenAI',
    keyName: 'Admin key',
    keyUrl: 'https://platform.openai.com/settings/organization/admin-keys',
    reports: { usage: true, cost: true },
  },
  anthropic: {
    name: 'Anthropic',
    keyName: 'Admin API key',
    keyUrl: 'https://console.anthropic.com/settings/admin-keys',
    reports: { usage: true, cost: true },
  },
  gemini: {
    name: 'Gemini',
    keyName: 'API key',
    keyUrl: 'https://aistudio.google.com/apikey',
    reports: { usage: false, cost: false },
  },
}

/** `rejected`: the provider answered 401 or 403; `unreachable`: it could not be asked the last time. */
export const INTEGRATION_HEALTHS = ['healthy', 'rejected', 'unreachable'] as const
export const integrationHealthSchema = z.enum(INTEGRATION_HEALTHS)
export type IntegrationHealth = z.infer<typeof integrationHealthSchema>

const hourSchema = z.int().check(z.minimum(0), z.maximum(23))

export const integrationSchema = z.object({
  id: z.uuid(),
  provider: providerIdSchema,
  /** All that is ever shown of the key. */
  lastFour: z.string().check(z.length(4)),
  health: integrationHealthSchema,
  /** Why the last check failed; null when it passed. */
  errorCode: z.nullable(z.string()),
  checkedAt: z.date(),
  connectedAt: z.date(),
  /** When this key came in place of the one before it. */
  replacedAt: z.nullable(z.date()),
  /** The UTC hour of the daily run; null where there is none. */
  scheduleHour: z.nullable(hourSchema),
  nextRunAt: z.nullable(z.date()),
})
export type Integration = z.infer<typeof integrationSchema>

/** Without spaces and line breaks, which come along when a key is pasted. */
export const providerKeySchema = z
  .string()
  .check(
    z.trim(),
    z.minLength(20, 'This is too short to be a key.'),
    z.maxLength(512, 'This is too long to be a key.'),
    z.regex(/^[\x21-\x7E]+$/, 'A key has no spaces and no special letters.'),
  )

export const orgInputSchema = z.object({ orgId: z.uuid() })
export const integrationInputSchema = z.extend(orgInputSchema, { provider: providerIdSchema })
export const connectIntegrationInputSchema = z.extend(integrationInputSchema, { key: providerKeySchema })
export const scheduleIntegrationInputSchema = z.extend(integrationInputSchema, {
  hour: z.nullable(hourSchema),
})
