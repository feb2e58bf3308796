import { z } from 'zod'

export const mailSchema = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  createdAt: z.date(),
})
export type Mail = z.infer<typeof mailSchema>
