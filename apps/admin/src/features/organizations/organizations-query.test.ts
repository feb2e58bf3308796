import { describe, expect, it } from 'vitest'
import {
  isFiltered,
  NO_QUERY,
  organizationsFilter,
  type OrganizationsQuery,
  organizationsSearch,
  readOrganizationsQuery,
} from './organizations-query.ts'

describe('the query of the organizations page', () => {
  it('comes back from the address as it went in', () => {
    const query: OrganizationsQuery = { healths: ['differs', 'unknown'], text: 'acme', open: 'acme_corp' }
    expect(readOrganizationsQuery(new URLSearchParams(organizationsSearch(query)))).toEqual(query)
    expect(organizationsFilter(query)).toEqual({ healths: ['differs', 'unknown'], text: 'acme' })
  })

  it('leaves out what is not understood, and asks for nothing when there is nothing', () => {
    expect(readOrganizationsQuery(new URLSearchParams('health=rosy&health=healthy'))).toEqual({
      ...NO_QUERY,
      healths: ['healthy'],
    })
    expect([organizationsSearch(NO_QUERY), organizationsFilter(NO_QUERY)]).toEqual(['', {}])
    expect(isFiltered({ ...NO_QUERY, open: 'acme_corp' })).toBe(false)
  })
})
