export { createSandboxBilling, type SandboxBilling, type SandboxBillingOptions } from './create-sandbox-billing.ts'
export { deliverSandboxWebhook, type DeliverContext } from './deliver-webhook.ts'
export { SIGNATURE_HEADER, signBody } from './signature.ts'
