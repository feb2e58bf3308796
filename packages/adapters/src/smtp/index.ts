export { createSmtpCarrier, type SmtpCarrierOptions } from './smtp-carrier.ts'
export { smtpUrlSchema } from './smtp-options.ts'
