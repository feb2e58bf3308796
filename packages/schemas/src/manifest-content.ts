import en from 'zod/v4/locales/en.js'
import * as z from 'zod/mini'
import { manifestDraftSchema } from './manifest.ts'
import { checkManifest } from './manifest-rules.ts'

// Staff who write a draft as JSON are told what is wrong with it in zod's own words, which its small form leaves out.
z.config(en())

/** What can be published: every reference leads somewhere, every text is there, and reserved names mean what they mean. */
export const manifestContentSchema = manifestDraftSchema.check(
  z.superRefine((content, ctx) => {
    for (const { path, message } of checkManifest(content)) ctx.addIssue({ code: 'custom', path, message })
  }),
)
