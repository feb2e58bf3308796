import type { FakeRequest } from '../../fake-server/fake-server.ts'
import { invalid } from './refusal.ts'

export interface Upload {
  /** JSON: what is to be done with the content. */
  metadata: string
  content: string
}

/** https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart */
export function readUpload({ headers, query, body }: FakeRequest): Upload {
  if (query.get('uploadType') !== 'multipart') throw invalid('Only uploadType=multipart is played here.')
  const boundary = /^multipart\/related; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) throw invalid('Missing multipart boundary in Content-Type header')
  const parts = body.split(`--${boundary}`)
  const [before, metadata, content, after] = parts
  if (parts.length !== 4 || before !== '' || after?.trim() !== '--') throw invalid('Malformed multipart body.')
  return { metadata: bodyOf(metadata, 'application/json'), content: bodyOf(content, 'application/octet-stream') }
}

function bodyOf(part: string | undefined, type: string): string {
  const [head = '', ...rest] = (part ?? '').split('\r\n\r\n')
  if (head.trim().toLowerCase() !== `content-type: ${type}`) throw invalid(`A part of the body is not ${type}.`)
  return rest.join('\r\n\r\n').replace(/\r\n$/, '')
}
