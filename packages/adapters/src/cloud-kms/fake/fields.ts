import type { protos } from '@google-cloud/kms'
import { z } from 'zod'

/** What JSON of a message may hold: the names of its fields, whatever JSON makes of their values. */
export type JsonOf<Message> = { [Field in keyof Message]?: unknown }

/** Bytes travel as base64, 64-bit numbers as text. https://protobuf.dev/programming-guides/json */
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'))
const none = Buffer.alloc(0)

export const encryptRequest = z.object({
  plaintext: bytes.default(none),
  additionalAuthenticatedData: bytes.default(none),
  plaintextCrc32c: z.string().optional(),
  additionalAuthenticatedDataCrc32c: z.string().optional(),
} satisfies JsonOf<protos.google.cloud.kms.v1.IEncryptRequest>)

export const decryptRequest = z.object({
  ciphertext: bytes.default(none),
  additionalAuthenticatedData: bytes.default(none),
  ciphertextCrc32c: z.string().optional(),
  additionalAuthenticatedDataCrc32c: z.string().optional(),
} satisfies JsonOf<protos.google.cloud.kms.v1.IDecryptRequest>)

/** Both come as numbers where a client asks for numeric enums. */
export const changedVersion = z.object({
  state: z.union([
    z.enum(['ENABLED', 'DISABLED']),
    z.literal(1).transform(() => 'ENABLED' as const),
    z.literal(2).transform(() => 'DISABLED' as const),
  ]),
} satisfies JsonOf<protos.google.cloud.kms.v1.ICryptoKeyVersion>)

export const newPrimary = z.object({
  cryptoKeyVersionId: z.string(),
} satisfies JsonOf<protos.google.cloud.kms.v1.IUpdateCryptoKeyPrimaryVersionRequest>)
