export interface WebhookRequest {
  url: string
  headers: Readonly<Record<string, string>>
  /** JSON, as it was signed. */
  body: string
}

export interface WebhookAnswer {
  /** Any: what counts as delivered is not the sender's business. A redirect is an answer, and not followed. */
  status: number
  /** The first 1,024 bytes. */
  body: string
  /** How long the receiver asks us to wait; null where it does not say. */
  retryAfterMs: number | null
}

/** Carries messages to addresses that customers have named: to public https only. */
export interface WebhookSender {
  /** Throws ADDRESS_REFUSED for an address that would never be called. */
  check(url: string): void
  /** Posts once. Throws ADDRESS_REFUSED, and what the network says; has a deadline of 10 s. */
  post(request: WebhookRequest): Promise<WebhookAnswer>
}
