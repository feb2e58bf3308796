/** What to tell somebody who was not let in. `status` is that of HTTP; 0 when no answer came. */
export function refusalText(status: number): string {
  if (status === 400 || status === 401 || status === 403) return 'The e-mail address or the password is not right.'
  if (status === 429) return 'Too many attempts. Please wait a moment and try again.'
  return 'Unable to reach our servers. Please try again in a moment.'
}
