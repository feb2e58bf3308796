import { BigQuery } from '@google-cloud/bigquery'
import type { Clock, Log } from '@gangway/core/ports'
import { PassThroughClient } from 'google-auth-library'
import { answerWithin } from './answer.ts'
import { type ColumnTypes, createColumnTypes } from './column-types.ts'
import { createJustCreated, type JustCreated } from './just-created.ts'
import { createPacer, type Pacer } from './pacer.ts'

export interface BigQueryWarehouseOptions {
  projectId: string
  /** Google's own unless told. One with `http:` is no Google's, and gets no credentials. */
  apiEndpoint?: string
  /** Of every dataset and job; US unless told. */
  location?: string
  /** How long a request may take; 30,000 unless told. */
  requestMs?: number
  clock: Clock
  log: Log
}

export interface Connection {
  client: BigQuery
  projectId: string
  location: string
  clock: Clock
  log: Log
  pacer: Pacer
  justCreated: JustCreated
  columnTypes: ColumnTypes
  /** The load jobs under way: a stage that tries again joins its own, instead of waiting for another turn. */
  loads: Map<string, Promise<void>>
  /** Every request goes through this: one that does not answer fails with a TimeoutError. */
  answer<Answer>(request: Promise<Answer>): Promise<Answer>
}

export function connect(options: BigQueryWarehouseOptions): Connection {
  const { projectId, apiEndpoint, location = 'US', requestMs = 30_000, clock, log } = options
  const endpoint = apiEndpoint === undefined ? {} : { apiEndpoint }
  const withoutCredentials = apiEndpoint?.startsWith('http:') ? { authClient: new PassThroughClient() } : {}
  return {
    // The stages own the pauses between attempts: with retries of its own, one failing call would hide for 15 s.
    client: new BigQuery({ projectId, location, autoRetry: false, maxRetries: 0, ...endpoint, ...withoutCredentials }),
    ...{ projectId, location, clock, log },
    pacer: createPacer(clock),
    justCreated: createJustCreated(clock),
    columnTypes: createColumnTypes(),
    loads: new Map(),
    answer: (request) => answerWithin(requestMs, request),
  }
}
