/** No mail can reach it, and nobody can own it. https://www.rfc-editor.org/rfc/rfc2606 */
export const DEMO_DOMAIN = 'demo.invalid'

export function isDemoAddress(email: string): boolean {
  return email.endsWith(`@${DEMO_DOMAIN}`)
}
