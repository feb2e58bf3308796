import { z } from 'zod'
import { manifestDraftSchema } from './manifest.ts'

const version = z.number().int().positive()
const note = z.string().trim().min(3, 'Say in a few words why.').max(500)

/** A draft, or a version that was published. The built-in one has no id. */
export const manifestSummarySchema = z.object({
  id: z.uuid().nullable(),
  version: version.nullable(),
  name: z.string(),
  note: z.string(),
  basedOn: version,
  revision: z.number().int(),
  updatedAt: z.date().nullable(),
  /** E-mail addresses; null for nobody, and for people who are gone. */
  updatedBy: z.string().nullable(),
  publishedAt: z.date().nullable(),
  publishedBy: z.string().nullable(),
  /** How many people are answering it now. */
  openSessions: z.number().int(),
})
export type ManifestSummary = z.infer<typeof manifestSummarySchema>

export const manifestListSchema = z.object({
  /** The version that new sessions are pinned to. */
  current: version,
  /** Newest first. */
  drafts: z.array(manifestSummarySchema),
  published: z.array(manifestSummarySchema),
})
export type ManifestList = z.infer<typeof manifestListSchema>

export const manifestDetailSchema = manifestSummarySchema.extend({ content: manifestDraftSchema })
export type ManifestDetail = z.infer<typeof manifestDetailSchema>

export const draftIdSchema = z.object({ id: z.uuid() })
export const versionSchema = z.object({ version })

export const saveDraftInputSchema = z.object({
  id: z.uuid(),
  /** The revision that was edited. */
  revision: z.number().int(),
  content: manifestDraftSchema,
})
export type SaveDraftInput = z.infer<typeof saveDraftInputSchema>

export const publishInputSchema = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  /** The version that the draft was compared with. */
  current: version,
  note,
})
export type PublishInput = z.infer<typeof publishInputSchema>

export const rollBackInputSchema = z.object({ version, current: version, note })
export type RollBackInput = z.infer<typeof rollBackInputSchema>

/** Comes with MANIFEST_INVALID: where, and what is wrong there. */
export const manifestProblemsSchema = z.object({
  problems: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
})
