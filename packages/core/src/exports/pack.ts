import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** One member of a gzip file: members after each other are a file as well. https://www.rfc-editor.org/rfc/rfc1952 */
export const pack: (bytes: Buffer) => Promise<Buffer> = promisify(gzip)
