import { z } from 'zod'

export interface JsonSchema {
  [keyword: string]: unknown
}

export type Content = Record<string, { schema: JsonSchema; example?: unknown }>

export const anySchema = z.record(z.string(), z.unknown())

export function json(schema: JsonSchema): Content {
  return { 'application/json': { schema } }
}

/** A schema with an `id` is written once, below components. */
export function reference(schema: z.ZodType): JsonSchema {
  const id = schema.meta()?.id
  return id ? { $ref: `#/components/schemas/${id}` } : jsonSchema(schema, 'output')
}

/** Every schema with an `id` among these and inside them. */
export function componentsOf(schemas: readonly z.ZodType[]): Record<string, JsonSchema> {
  const found = schemas.flatMap((schema) => {
    const { $defs = {}, ...own } = jsonSchema(schema, 'output')
    const nested = Object.entries(z.record(z.string(), anySchema).parse($defs))
    const id = schema.meta()?.id
    return id && own['$ref'] === undefined ? [...nested, [id, own] as const] : nested
  })
  return Object.fromEntries(found)
}

/** As OpenAPI 3.1 has it. What is only there because numbers and formats are JavaScript’s says nothing to a caller. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema: own }) {
      delete own.id
      if (own.format) delete own.pattern
      if (own.maximum === Number.MAX_SAFE_INTEGER) delete own.maximum
      if (own.minimum === Number.MIN_SAFE_INTEGER) delete own.minimum
    },
  })
  // References lead to the definitions beside them; in the document these stand below components.
  return anySchema.parse(JSON.parse(JSON.stringify(described).replaceAll('"#/$defs/', '"#/components/schemas/')))
}
