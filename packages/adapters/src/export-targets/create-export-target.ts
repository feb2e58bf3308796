import type { ExportTarget } from '@gangway/core/ports'
import { z } from 'zod'
import { createCloudStorage } from './cloud-storage.ts'
import { createLocalFolder } from './local-folder.ts'

/** `gs://bucket/prefix`, or a folder. https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^gs:\/\/(?<bucket>[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(?<prefix>.*?))?\/*$/

export const exportPathSchema = z
  .string()
  .min(1)
  .refine((text) => BUCKET.test(text) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text), 'must be a folder, or gs://bucket/prefix')

/** Where the path of `exportPathSchema` leads. */
export function createExportTarget(path: string, { apiEndpoint }: { apiEndpoint?: string } = {}): ExportTarget {
  const { bucket, prefix = '' } = BUCKET.exec(path)?.groups ?? {}
  return bucket ? createCloudStorage({ bucket, prefix, ...(apiEndpoint && { apiEndpoint }) }) : createLocalFolder(path)
}
