import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ExportTarget } from '@gangway/core/ports'
import { Storage } from '@google-cloud/storage'
import { PassThroughClient } from 'google-auth-library'
import { writeThrough } from './write-through.ts'

export interface CloudStorageOptions {
  bucket: string
  /** Stands before the names of files, without a slash at its end; '' for none. */
  prefix: string
  /** Google's own unless told. One with `http:` is no Google's, and gets no credentials. */
  apiEndpoint?: string
}

/** How long a request may take: one sends the whole file. */
const REQUEST_MS = 10 * 60_000

/**
 * A bucket of Cloud Storage. An object is there when its upload has ended, whole, and not before: it needs no other name
 * until then. https://cloud.google.com/storage/docs/consistency
 */
export function createCloudStorage({ bucket, prefix, apiEndpoint }: CloudStorageOptions): ExportTarget {
  const endpoint = apiEndpoint === undefined ? {} : { apiEndpoint }
  const withoutCredentials = apiEndpoint?.startsWith('http:') ? { authClient: new PassThroughClient(), projectId: 'none' } : {}
  // Whoever exports owns the pauses between attempts.
  const storage = new Storage({ ...endpoint, ...withoutCredentials, retryOptions: { autoRetry: false } })
  return {
    place: `gs://${[bucket, prefix].filter(Boolean).join('/')}`,
    write: (name, content) =>
      writeThrough(content, async (counted) => {
        const file = storage.bucket(bucket).file([prefix, name].filter(Boolean).join('/'))
        const contentType = name.endsWith('.json') ? 'application/json' : 'application/octet-stream'
        // What arrives is compared with what was sent.
        const options = { resumable: true, validation: 'crc32c', timeout: REQUEST_MS, contentType }
        await pipeline(Readable.from(counted), file.createWriteStream(options))
      }),
  }
}
