import { type FakeReply, type FakeRequest, type FakeServer, startFakeServer } from '../../fake-server/fake-server.ts'
import { createBooks, type Books } from './books.ts'

/** What a key may do: everything, everything but read the reports, or nothing any more. */
export type KeyRights = 'full' | 'limited' | 'revoked'

export interface FakeProviderOptions {
  port?: number
  /** The most days that one page tells of, however many are asked for. */
  daysPerPage?: number
}

export interface FakeProvider extends FakeServer {
  keys: Readonly<Record<KeyRights, string>>
  books: Books
}

export interface FakePart {
  keys: FakeProvider['keys']
  keyOf(request: FakeRequest): string | undefined
  /** Undefined for a path that there is not. */
  answer(
    request: FakeRequest,
    account: { rights: KeyRights | undefined; books: Books; daysPerPage: number },
  ): FakeReply | undefined
  notFound: FakeReply
}

export async function startFakeProvider(
  part: FakePart,
  { daysPerPage = 10, ...where }: FakeProviderOptions = {},
): Promise<FakeProvider> {
  const books = createBooks()
  const rightsOf = new Map(Object.entries(part.keys).map(([rights, key]) => [key, rightsNamed(rights)]))
  const server = await startFakeServer((request) => {
    if (request.method !== 'GET') return part.notFound
    const rights = rightsOf.get(part.keyOf(request) ?? '')
    return part.answer(request, { rights, books, daysPerPage }) ?? part.notFound
  }, where)
  return { ...server, keys: part.keys, books }
}

function rightsNamed(name: string): KeyRights {
  return name === 'full' || name === 'limited' ? name : 'revoked'
}
