/** `customer`: they can fix it; `transient`: a repeat can help; `never`: somebody has to look. */
export type RetryClass = 'customer' | 'transient' | 'never'

export interface ErrorDescription {
  /** What happened and what to do, for the person who sees it. */
  message: string
  retry: RetryClass
  /** HTTP status. https://www.rfc-editor.org/rfc/rfc9110#section-15 */
  status: number
}

const UNREACHABLE = 'Unable to reach our servers. Please try again in a moment.'
const CONTACT_SUPPORT = 'Please contact support.'

/** Every code that people and programs can meet. */
export const ERRORS = {
  // Who is asking, and for what
  UNAUTHENTICATED: { message: 'Please sign in to go on.', retry: 'customer', status: 401 },
  ROOT_KEY_INVALID: {
    message: 'This call needs the root key of this installation, in the header X-CA-Root-Key.',
    retry: 'customer',
    status: 401,
  },
  FORBIDDEN: { message: 'You do not have access to this.', retry: 'never', status: 403 },
  NOT_FOUND: { message: 'We could not find what you asked for.', retry: 'never', status: 404 },
  INPUT_INVALID: {
    message: 'Some of what was sent is not valid. Please check it and try again.',
    retry: 'customer',
    status: 400,
  },
  REQUEST_MALFORMED: { message: 'The request could not be read.', retry: 'never', status: 400 },
  PAYLOAD_TOO_LARGE: {
    message: 'That is too large to be saved. Please shorten it and try again.',
    retry: 'customer',
    status: 413,
  },
  RATE_LIMITED: { message: 'Too many requests. Please wait a moment and try again.', retry: 'transient', status: 429 },
  EXPORTS_FULL: {
    message: 'Five of your exports are on their way. Wait for one of them, or cancel it.',
    retry: 'customer',
    status: 422,
  },
  EXPORT_NOT_READY: { message: 'This export has no file to download.', retry: 'never', status: 409 },
  EXPORT_TARGET_UNAVAILABLE: {
    message: 'The place where exports are left does not answer. We try again by ourselves.',
    retry: 'transient',
    status: 503,
  },
  EXPORT_TARGET_DENIED: {
    message: 'The place where exports are left is not there, or refused access.',
    retry: 'never',
    status: 502,
  },
  FILTER_TOO_BROAD: {
    message: 'This search takes too long. Narrow it by a role, an organization or a window, and try again.',
    retry: 'customer',
    status: 422,
  },
  SAVED_VIEWS_FULL: {
    message: 'There can be 50 saved views of a page. Remove one that is not needed any more.',
    retry: 'customer',
    status: 422,
  },

  // Questionnaire
  REVISION_CONFLICT: {
    message: 'Your answers were changed somewhere else. Nothing you typed is lost.',
    retry: 'customer',
    status: 409,
  },
  ANSWERS_INCOMPLETE: { message: 'Some answers are missing or not valid.', retry: 'customer', status: 422 },
  SESSION_COMPLETED: { message: 'You have already finished these questions.', retry: 'never', status: 409 },
  STEP_REQUIRED: { message: 'This step cannot be skipped.', retry: 'customer', status: 422 },
  HAND_OFF_NOT_FOUND: {
    message: 'This link is not valid any more. Ask the person who sent it for a new one.',
    retry: 'customer',
    status: 404,
  },
  HAND_OFF_TAKEN: {
    message: 'This link has been opened in another browser already. Go on there, or ask for a new one.',
    retry: 'customer',
    status: 403,
  },
  HAND_OFF_CLOSED: { message: 'This step has been answered already. There is nothing left to do.', retry: 'never', status: 409 },
  HAND_OFFS_FULL: {
    message: 'You have asked for help often enough for today. Please go on tomorrow.',
    retry: 'customer',
    status: 429,
  },
  MANIFEST_INVALID: {
    message: 'These questions cannot be published yet. See what is wrong with them.',
    retry: 'customer',
    status: 422,
  },
  MANIFEST_CHANGED: {
    message: 'Somebody else has changed or published these questions in the meantime. Load them again.',
    retry: 'customer',
    status: 409,
  },
  INVITE_NOT_FOUND: { message: 'This invitation is not valid any more. Ask for a new one.', retry: 'customer', status: 404 },

  // Checkout
  CHECKOUT_NOT_FOUND: { message: 'We could not find this checkout.', retry: 'never', status: 404 },
  CHECKOUT_UNPAID: { message: 'This checkout has not been paid yet. Nothing was charged.', retry: 'customer', status: 402 },
  CHECKOUT_EXPIRED: {
    message: 'This checkout has expired. Nothing was charged; please start again.',
    retry: 'customer',
    status: 410,
  },
  CHECKOUT_ALREADY_PAID: { message: 'This checkout has already been paid.', retry: 'never', status: 409 },
  PAYMENT_PENDING: {
    message: 'The payment has not cleared yet. It is given back as soon as it has.',
    retry: 'transient',
    status: 409,
  },
  PAYMENT_DECLINED: {
    message: 'The payment was declined. Nothing was charged; please try again.',
    retry: 'customer',
    status: 402,
  },
  WEBHOOK_SIGNATURE_INVALID: { message: 'The signature does not fit.', retry: 'never', status: 400 },
  BILLING_UNAVAILABLE: {
    message: 'The payment service does not answer. Please try again in a moment.',
    retry: 'transient',
    status: 503,
  },
  BILLING_REJECTED: { message: `The payment service refused the request. ${CONTACT_SUPPORT}`, retry: 'never', status: 502 },
  PLAN_UNKNOWN: { message: 'This plan does not exist. Please choose another one.', retry: 'customer', status: 422 },

  // Provisioning
  RUN_NOT_FOUND: { message: 'We could not find this setup.', retry: 'never', status: 404 },
  RUN_STATE_INVALID: { message: 'This setup has moved on. Reload the page to see where it is.', retry: 'never', status: 409 },
  SLUG_INVALID: {
    message: 'Use 3 to 50 lower-case letters, digits or underscores, starting with a letter.',
    retry: 'customer',
    status: 422,
  },
  SLUG_TAKEN: { message: 'This name is already taken. Please choose another one.', retry: 'customer', status: 409 },
  ORGANIZATION_EXISTS: { message: `This organization already exists. ${CONTACT_SUPPORT}`, retry: 'never', status: 409 },
  DRY_RUN_REQUIRED: {
    message: 'A dry run with the same input has to pass first, at most 15 minutes before.',
    retry: 'customer',
    status: 422,
  },
  SYSTEM_NOT_READY: { message: `System setup is incomplete. ${CONTACT_SUPPORT}`, retry: 'transient', status: 503 },
  DATASET_CONFLICT: { message: `The name of your workspace is in use. ${CONTACT_SUPPORT}`, retry: 'never', status: 409 },
  WAREHOUSE_UNAVAILABLE: {
    message: 'The data warehouse does not answer. We try again by ourselves.',
    retry: 'transient',
    status: 503,
  },
  WAREHOUSE_DENIED: { message: `The data warehouse refused access. ${CONTACT_SUPPORT}`, retry: 'never', status: 502 },
  WAREHOUSE_REJECTED: {
    message: `The data warehouse did not accept what it was sent. ${CONTACT_SUPPORT}`,
    retry: 'never',
    status: 502,
  },
  WAREHOUSE_QUOTA: { message: `The data warehouse has reached its quota. ${CONTACT_SUPPORT}`, retry: 'never', status: 502 },
  WORKSPACE_NOT_VERIFIED: {
    message: 'Your workspace could not be checked. We try again by ourselves.',
    retry: 'transient',
    status: 503,
  },
  WORKSPACE_NOT_EMPTY: {
    message: 'This workspace holds rows of its customer. To delete them, type the id of the tenant once more.',
    retry: 'customer',
    status: 409,
  },
  STAGE_TIMED_OUT: { message: 'This takes longer than it should. We try again by ourselves.', retry: 'transient', status: 504 },
  LOCK_LOST: { message: 'Another process goes on with this setup.', retry: 'transient', status: 409 },
  KEY_NOT_FOUND: { message: 'There is no key to show for this setup.', retry: 'never', status: 404 },
  SECRET_UNREADABLE: { message: 'The key can no longer be shown. Rotate it to get a new one.', retry: 'never', status: 410 },
  VAULT_UNAVAILABLE: {
    message: 'The key vault does not answer. We try again by ourselves.',
    retry: 'transient',
    status: 503,
  },
  VAULT_DENIED: { message: `The key vault refused access. ${CONTACT_SUPPORT}`, retry: 'never', status: 502 },
  VAULT_KEY_UNUSABLE: {
    message: `The key that protects secrets is missing or switched off. ${CONTACT_SUPPORT}`,
    retry: 'never',
    status: 502,
  },

  // Mail
  MAIL_UNAVAILABLE: {
    message: 'The mail server does not take mail right now. We try again by ourselves.',
    retry: 'transient',
    status: 503,
  },
  MAIL_REFUSED: { message: 'The mail could not be delivered to this address. Please check it.', retry: 'customer', status: 422 },
  MAIL_MISCONFIGURED: { message: `The mail server refused our access. ${CONTACT_SUPPORT}`, retry: 'never', status: 502 },
  MAIL_LINK_INVALID: {
    message: 'This link is not valid. Open the newest mail and try again from there.',
    retry: 'customer',
    status: 404,
  },

  // Webhooks out
  ADDRESS_REFUSED: {
    message: 'This address cannot be called. Use a public address that begins with https://.',
    retry: 'customer',
    status: 422,
  },
  CERTIFICATE_REFUSED: { message: 'The certificate of that address is not trusted.', retry: 'customer', status: 502 },
  WEBHOOK_ENDPOINT_DISABLED: { message: 'This endpoint is turned off. Turn it on first.', retry: 'customer', status: 409 },
  WEBHOOK_ENDPOINTS_FULL: {
    message: 'There can be 20 endpoints. Remove one that is not needed any more.',
    retry: 'customer',
    status: 422,
  },

  // Integrations, pipelines and their callers
  INTEGRATION_NOT_FOUND: { message: 'This provider is not connected. Please connect it first.', retry: 'customer', status: 404 },
  PROVIDER_KEY_REJECTED: {
    message: 'The provider does not accept this key. Please check it, or connect another one.',
    retry: 'customer',
    status: 422,
  },
  PROVIDER_ACCESS_DENIED: {
    message: 'The provider does not let this key read usage and cost. Please connect an admin key.',
    retry: 'customer',
    status: 422,
  },
  PROVIDER_RATE_LIMITED: {
    message: 'The provider asks us to slow down. Please try again in a few minutes.',
    retry: 'transient',
    status: 503,
  },
  PROVIDER_UNAVAILABLE: {
    message: 'The provider does not answer properly right now. Please try again in a few minutes.',
    retry: 'transient',
    status: 502,
  },
  PROVIDER_ANSWER_INVALID: {
    message: `The provider answered something that we could not use. ${CONTACT_SUPPORT}`,
    retry: 'never',
    status: 502,
  },
  PROVIDER_WITHOUT_REPORTS: {
    message: 'This provider tells nobody usage and cost by an API key, so there is nothing to fetch.',
    retry: 'never',
    status: 422,
  },
  SUBSCRIPTION_INACTIVE: {
    message: 'There is no active subscription. Please renew it to run pipelines.',
    retry: 'customer',
    status: 402,
  },
  QUOTA_EXCEEDED: {
    message: 'Your plan allows no more pipeline runs for now. Please come back later, or choose a larger plan.',
    retry: 'customer',
    status: 429,
  },
  PIPELINE_CHECK_FAILED: {
    message: 'What the provider sent did not pass our checks, so nothing was loaded. Please try again later.',
    retry: 'customer',
    status: 422,
  },
  PIPELINE_INTERRUPTED: {
    message: 'The run was interrupted too often and was given up. Please start it again.',
    retry: 'customer',
    status: 503,
  },
  API_KEY_INVALID: { message: 'This API key is not valid, or not any more.', retry: 'customer', status: 401 },
  API_KEY_SCOPE_MISSING: { message: 'This API key may not do this.', retry: 'customer', status: 403 },
  API_KEY_REPLACED: {
    message: 'This API key has been replaced or revoked already. Reload the page to see the present ones.',
    retry: 'customer',
    status: 409,
  },

  // The machinery
  DATABASE_UNAVAILABLE: { message: UNREACHABLE, retry: 'transient', status: 503 },
  DATABASE_BUSY: { message: 'We are busy right now. Please try again in a moment.', retry: 'transient', status: 503 },
  DATABASE_CONFLICT: {
    message: 'Something else changed this at the same time. Please try again.',
    retry: 'transient',
    status: 409,
  },
  DATA_REJECTED: {
    message: 'Some of what was sent cannot be stored. Please check it and try again.',
    retry: 'customer',
    status: 422,
  },
  NETWORK_UNREACHABLE: { message: UNREACHABLE, retry: 'transient', status: 503 },
  NETWORK_TIMEOUT: { message: 'The answer took too long. Please try again in a moment.', retry: 'transient', status: 504 },
  UPSTREAM_FAILED: {
    message: 'A service that we depend on has failed. Please try again in a moment.',
    retry: 'transient',
    status: 502,
  },
  STORAGE_FULL: { message: `The system has run out of space. ${CONTACT_SUPPORT}`, retry: 'never', status: 507 },
  UNKNOWN: { message: 'Something went wrong.', retry: 'never', status: 500 },
} as const satisfies Record<string, ErrorDescription>

export type ErrorCode = keyof typeof ERRORS

/** Every HTTP status that a failure is answered with. */
export type ErrorStatus = (typeof ERRORS)[ErrorCode]['status']

/** Codes are kept as text in the database; one that is not in the catalogue any more is UNKNOWN. */
export function codeNamed(name: string): ErrorCode {
  return isCode(name) ? name : 'UNKNOWN'
}

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(ERRORS, name)
}

export function describeCode(code: ErrorCode): ErrorDescription & { status: ErrorStatus } {
  return ERRORS[code]
}
