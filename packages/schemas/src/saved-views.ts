import { z } from 'zod'

/** Pages of the staff app whose filter can be kept. */
export const SAVED_VIEW_PAGES = ['answers', 'totals'] as const
export const savedViewPageSchema = z.enum(SAVED_VIEW_PAGES)
export type SavedViewPage = z.infer<typeof savedViewPageSchema>

export const savedViewNameSchema = z.string().trim().min(1, 'Name the view.').max(60, 'Use at most 60 characters.')

/** The search part of an address with its `?`; '' for the page without a filter. */
const querySchema = z
  .string()
  .max(4000)
  .regex(/^(\?[^\s#]*)?$/, 'This is not the search part of an address.')

export const saveViewInputSchema = z.object({
  page: savedViewPageSchema,
  name: savedViewNameSchema,
  query: querySchema,
  /** Whether other admins see it. */
  shared: z.boolean().default(false),
})
export type SaveView = z.infer<typeof saveViewInputSchema>

export const listSavedViewsInputSchema = z.object({ page: savedViewPageSchema })
export const savedViewIdInputSchema = z.object({ id: z.uuid() })

export const savedViewSchema = z.object({
  id: z.uuid(),
  page: savedViewPageSchema,
  name: z.string(),
  query: querySchema,
  shared: z.boolean(),
  /** Whether it belongs to whoever asks; only its owner can change or remove it. */
  own: z.boolean(),
  /** The owner's name. */
  owner: z.string(),
  updatedAt: z.date(),
})
export type SavedView = z.infer<typeof savedViewSchema>
