import { restErrorSchema } from '@gangway/schemas/rest/errors'
import type { Method } from '../route.ts'
import { REST_ROUTES } from '../routes/index.ts'
import { type Operation, operationOf, SECURITY_SCHEMES } from './operation.ts'
import { OTHER_OPERATIONS, OTHER_SCHEMAS } from './other-operations.ts'
import { componentsOf, type JsonSchema } from './schema.ts'

export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  tags: { name: string }[]
  paths: Record<string, Partial<Record<Lowercase<Method>, Operation>>>
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> }
}

const ABOUT =
  'Onboarding for scripts and other languages. JSON only, at most 512 KB; names are snake_case, those of answers as in the questionnaire; times are UTC. Whatever fails is answered with an Error, whose `error_id` finds it in the log.'

/** The document of every call, made from the table that the routes are made from. */
export function openApi(): OpenApi {
  const described = REST_ROUTES.map((route) => ({ ...route, operation: operationOf(route) }))
  const paths: OpenApi['paths'] = {}
  for (const { path, method, operation } of [...described, ...OTHER_OPERATIONS]) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  const tags = new Set([...described, ...OTHER_OPERATIONS].flatMap(({ operation }) => operation.tags))
  return {
    openapi: '3.1.0',
    info: { title: 'Gangway', version: '1', description: ABOUT },
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: {
      schemas: componentsOf([restErrorSchema, ...REST_ROUTES.map(({ answer }) => answer), ...OTHER_SCHEMAS]),
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}
