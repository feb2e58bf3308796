import { liveSchema, readinessSchema } from '@gangway/schemas/rest/health'
import type { Method } from '../route.ts'
import { failures, type Operation } from './operation.ts'
import { json, reference } from './schema.ts'

interface OtherOperation {
  method: Method
  path: string
  operation: Operation
}

/** The schemas that these name. */
export const OTHER_SCHEMAS = [liveSchema, readinessSchema]

/** Calls that other plugins of this server answer. */
export const OTHER_OPERATIONS: readonly OtherOperation[] = [
  {
    ...{ method: 'POST', path: '/api/webhooks/stripe' },
    operation: {
      operationId: 'postWebhooksStripe',
      ...{ tags: ['Billing'], summary: 'Take an event of Stripe', security: [] },
      description:
        'For Stripe alone: the signature over the raw body counts, and must not be older than 300 seconds. An event that comes twice is recognized.',
      parameters: [{ name: 'Stripe-Signature', in: 'header', required: true, schema: { type: 'string' } }],
      requestBody: { required: true, content: json({ type: 'object' }) },
      responses: {
        '200': {
          description: 'Kept, or known already',
          content: json({
            type: 'object',
            properties: { received: { type: 'string', enum: ['stored', 'duplicate'] } },
            required: ['received'],
          }),
        },
        ...failures(['WEBHOOK_SIGNATURE_INVALID', 'PAYLOAD_TOO_LARGE', 'DATABASE_UNAVAILABLE']),
      },
    },
  },
  {
    ...{ method: 'GET', path: '/health/live' },
    operation: {
      ...{ operationId: 'getHealthLive', tags: ['Health'], summary: 'Whether the process answers', security: [] },
      responses: { '200': { description: 'It does', content: json(reference(liveSchema)) } },
    },
  },
  {
    ...{ method: 'GET', path: '/health/ready' },
    operation: {
      ...{ operationId: 'getHealthReady', tags: ['Health'], summary: 'Whether calls can be taken', security: [] },
      description: 'The database answers, its migrations are those of this version, and so does the queue.',
      responses: {
        '200': { description: 'They can', content: json(reference(readinessSchema)) },
        '503': { description: 'They cannot', content: json(reference(readinessSchema)) },
      },
    },
  },
  {
    ...{ method: 'GET', path: '/metrics' },
    operation: {
      ...{ operationId: 'getMetrics', tags: ['Health'], summary: 'Metrics for Prometheus', security: [] },
      responses: { '200': { description: 'Its text format', content: { 'text/plain': { schema: { type: 'string' } } } } },
    },
  },
]
