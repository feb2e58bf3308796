/** Whose deliveries share the places that one may have: an organization's, and each endpoint of the operators by itself. */
export function deliveryGroup({ id, orgId }: { id: string; orgId: string | null }): string {
  return orgId ?? id
}
