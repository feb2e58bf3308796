import { type AnswersQuery, answersSearch } from './features/answers/answers-query.ts'

/** Every URL of this app. */
export const paths = {
  answers: (query?: AnswersQuery) => `/answers${query ? answersSearch(query) : ''}`,
  person: (userId: string) => `/answers/${encodeURIComponent(userId)}`,
  mail: (mailId?: string) => (mailId ? `/mail?message=${encodeURIComponent(mailId)}` : '/mail'),
  /** `from`: the page that asked for it, to come back to. */
  signIn: (from?: string) => (from ? `/sign-in?from=${encodeURIComponent(from)}` : '/sign-in'),
} as const
