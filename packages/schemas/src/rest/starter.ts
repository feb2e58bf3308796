import { z } from 'zod'
import { starterKitSchema } from '../starter.ts'
import { restTimeSchema } from './time.ts'

const kit = starterKitSchema.shape

export const restStarterKitSchema = z
  .object({
    status: kit.status,
    space: kit.space,
    notebook: kit.notebook,
    documents: z.array(z.object({ id: z.uuid(), title: z.string(), is_sample: z.boolean(), updated_at: restTimeSchema })),
    assistant: kit.assistant,
  })
  .meta({ id: 'StarterKit' })
export type RestStarterKit = z.infer<typeof restStarterKitSchema>
