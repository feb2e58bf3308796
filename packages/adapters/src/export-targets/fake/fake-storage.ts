import { type FakeReply, type FakeRequest, type FakeServer, startFakeServer } from '../../fake-server/fake-server.ts'
import { crc32c } from '../../cloud-kms/crc32c.ts'

export interface FakeStorage extends FakeServer {
  /** By `bucket/name`: what is whole. */
  objects: Map<string, Buffer>
  /** Whoever writes here is refused. */
  closed: Set<string>
}

interface Upload {
  bucket: string
  name: string
  bytes: Buffer
}

/** Cloud Storage on a port of this machine, as far as resumable uploads. https://cloud.google.com/storage/docs/performing-resumable-uploads */
export async function startFakeStorage({ buckets }: { buckets: readonly string[] }): Promise<FakeStorage> {
  const objects = new Map<string, Buffer>()
  const closed = new Set<string>()
  const uploads = new Map<string, Upload>()

  function answer(request: FakeRequest): FakeReply {
    const [, bucket] = /^\/(?:resumable\/)?upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(request.path) ?? []
    if (!bucket) return refusal(404, 'notFound', 'Not Found')
    const id = request.query.get('upload_id')
    if (id) return take(id, request)
    if (!buckets.includes(bucket)) return refusal(404, 'notFound', 'The specified bucket does not exist.')
    if (closed.has(bucket)) return refusal(403, 'forbidden', 'The caller does not have storage.objects.create access.')
    return begin(bucket, request)
  }

  function begin(bucket: string, { query, headers, path }: FakeRequest): FakeReply {
    const name = query.get('name')
    if (!name || query.get('uploadType') !== 'resumable') return refusal(400, 'required', 'Required parameter: name')
    const id = crypto.randomUUID()
    uploads.set(id, { bucket, name, bytes: Buffer.alloc(0) })
    const location = `http://${headers['host']}${path}?uploadType=resumable&name=${encodeURIComponent(name)}&upload_id=${id}`
    return { status: 200, headers: { location }, body: {} }
  }

  function take(id: string, { headers, bytes }: FakeRequest): FakeReply {
    const upload = uploads.get(id)
    // A request that does not know its end is the last one: it ends with its body.
    const [, from] = /^bytes (\d+)-\*\/\*$/.exec(headers['content-range'] ?? '') ?? []
    if (!upload || Number(from) !== upload.bytes.length) return refusal(400, 'invalid', 'There is no such upload.')
    upload.bytes = Buffer.concat([upload.bytes, bytes])
    uploads.delete(id)
    objects.set(`${upload.bucket}/${upload.name}`, upload.bytes)
    return { status: 200, body: describe(upload) }
  }

  return { ...(await startFakeServer(answer)), objects, closed }
}

function describe({ bucket, name, bytes }: Upload) {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32c(bytes))
  return {
    kind: 'storage#object',
    bucket,
    name,
    size: String(bytes.length),
    generation: '1',
    crc32c: checksum.toString('base64'),
  }
}

function refusal(code: number, reason: string, message: string): FakeReply {
  return { status: code, body: { error: { code, message, errors: [{ message, domain: 'global', reason }] } } }
}
