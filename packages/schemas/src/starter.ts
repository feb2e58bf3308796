import { z } from 'zod'

export const starterDocumentSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  isSample: z.boolean(),
  updatedAt: z.date(),
})
export type StarterDocument = z.infer<typeof starterDocumentSchema>

export const starterKitSchema = z.object({
  status: z.enum(['pending', 'ready', 'incomplete']),
  space: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  notebook: z.object({ id: z.uuid(), title: z.string(), tags: z.array(z.string()) }).nullable(),
  documents: z.array(starterDocumentSchema.omit({ body: true })),
  assistant: z.object({ id: z.uuid(), name: z.string(), type: z.literal('qa') }).nullable(),
})
export type StarterKit = z.infer<typeof starterKitSchema>
