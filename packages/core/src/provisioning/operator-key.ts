/** The business key of an operator's run: a tenant is onboarded once. */
export function operatorKey(tenantId: string): string {
  return `op_${tenantId}`
}
