import { z } from 'zod'
import type { JsonSchema } from '../openapi/schema.ts'

export interface Field {
  /** Dotted, with `[]` for the items of a list. */
  name: string
  type: string
  required: boolean
  about: string
}

type Schemas = Record<string, JsonSchema>

const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).default([]),
  items: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.record(z.string(), z.unknown())).optional(),
})
type Shape = z.output<typeof schemaShape>

/** Every field that a schema describes, the inner ones after the one that holds them. */
export function fieldsOf(schema: JsonSchema, components: Schemas, path = ''): Field[] {
  const { properties = {}, required } = resolve(schema, components)
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = path + key
    const shape = resolve(property, components)
    const field = { name, type: typeOf(shape, components), required: required.includes(key), about: aboutOf(shape) }
    return [field, ...innerFields(shape, components, name)]
  })
}

/** A schema’s type in words, and its limits. */
export function describeType(schema: JsonSchema, components: Schemas): string {
  return typeOf(resolve(schema, components), components)
}

function innerFields(shape: Shape, components: Schemas, name: string): Field[] {
  if (shape.properties) return fieldsOf(shape, components, `${name}.`)
  if (shape.items) {
    const item = resolve(shape.items, components)
    return item.properties ? fieldsOf(item, components, `${name}[].`) : []
  }
  const held = shape.anyOf?.map((each) => resolve(each, components)).find((each) => each.properties)
  return held ? fieldsOf(held, components, `${name}.`) : []
}

function resolve(schema: JsonSchema, components: Schemas): Shape {
  const shape = schemaShape.parse(schema)
  const id = shape.$ref?.split('/').at(-1)
  return id ? schemaShape.parse({ ...components[id], ...(shape.description && { description: shape.description }) }) : shape
}

function typeOf(shape: Shape, components: Schemas): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.map((value) => String(value)).join(' | ')
  if (shape.items) return `list of ${typeOf(resolve(shape.items, components), components)}`
  if (shape.anyOf) return shape.anyOf.map((each) => typeOf(resolve(each, components), components)).join(' | ')
  const [only, ...others] = [shape.type ?? 'any'].flat()
  return [shape.format ?? only, ...others].join(' | ')
}

function aboutOf({ description, default: preset, minimum, maximum, maxLength, maxItems }: Shape): string {
  return [
    description,
    minimum !== undefined && maximum !== undefined && `${minimum} to ${maximum}.`,
    maxLength !== undefined && `At most ${maxLength} characters.`,
    maxItems !== undefined && `At most ${maxItems}.`,
    preset !== undefined && `Default: ${JSON.stringify(preset)}.`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' ')
}
