import type { FakeReply } from '../../fake-server/fake-server.ts'

const TYPES = 'type.googleapis.com/google.rpc.'
const DOMAIN = 'cloudkms.googleapis.com'

/** Thrown by the fake, and answered as the service answers. https://cloud.google.com/apis/design/errors */
export class Refusal extends Error {
  readonly reply: FakeReply

  constructor(status: number, code: string, refusal: { message: string; details?: readonly object[] }) {
    super(refusal.message)
    const { message, details = [] } = refusal
    this.reply = { status, body: { error: { code: status, message, status: code, details } } }
  }
}

export function denied(permission: string, resource: string): Refusal {
  return new Refusal(403, 'PERMISSION_DENIED', {
    message: `Permission '${permission}' denied on resource '${resource}' (or it may not exist).`,
    details: [
      { '@type': `${TYPES}ErrorInfo`, reason: 'IAM_PERMISSION_DENIED', domain: DOMAIN, metadata: { permission, resource } },
    ],
  })
}

export function notFound(name: string): Refusal {
  return new Refusal(404, 'NOT_FOUND', { message: `CryptoKey ${name} not found.` })
}

export function invalid(message: string): Refusal {
  return new Refusal(400, 'INVALID_ARGUMENT', { message })
}

export function notEnabled(versionName: string, state: string): Refusal {
  return new Refusal(400, 'FAILED_PRECONDITION', {
    message: `${versionName} is not enabled, current state is: ${state}.`,
    details: [
      {
        '@type': `${TYPES}PreconditionFailure`,
        violations: [{ type: state === 'DISABLED' ? 'KEY_DISABLED' : 'KEY_DESTROYED', subject: `${DOMAIN}/${versionName}` }],
      },
    ],
  })
}

/** For tests that plan it as a fault. */
export function quotaExceeded(): FakeReply {
  const message = "Quota exceeded for quota metric 'Cryptographic requests' and limit 'Cryptographic requests per minute'."
  const details = [{ '@type': `${TYPES}ErrorInfo`, reason: 'RATE_LIMIT_EXCEEDED', domain: DOMAIN }]
  return new Refusal(429, 'RESOURCE_EXHAUSTED', { message, details }).reply
}
