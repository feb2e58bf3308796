const LOCK = 'gangway.saves'

let turn: Promise<unknown> = Promise.resolve()

/**
 * Runs after whatever else sends saves, in this tab, in the others or in the service worker. Pages that are not secure
 * have no locks between tabs: there the server's revisions and mutation ids keep two from doing harm.
 */
export function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (typeof navigator.locks === 'undefined') {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }
  return new Promise((resolve, reject) => {
    navigator.locks.request(LOCK, () => work().then(resolve, reject)).catch(reject)
  })
}
