/** Something that the reader can do something about: shown without a stack. */
export class Failure extends Error {}

const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|network request to/

/** What an installer said, put so that the reader knows what to do. */
export function installFailure(what, output) {
  const lines = output.trim().split('\n')
  const words = lines.slice(-15).join('\n')
  if (UNREACHABLE.test(output)) {
    return new Failure(
      `${what} could not be installed: the npm registry cannot be reached. Check the connection, then try again.\n${lines.slice(-3).join('\n')}`,
    )
  }
  if (/certificate/.test(output)) {
    return new Failure(
      `${what} could not be installed: the npm registry's certificate is not trusted here. Set npm's cafile, or NODE_EXTRA_CA_CERTS.\n${words}`,
    )
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
    return new Failure(
      `A package.json asks for something that pnpm-lock.yaml does not know. Run .tools/node_modules/.bin/pnpm install, then try again.\n${words}`,
    )
  }
  if (/ENOSPC/.test(output)) return new Failure(`${what} could not be installed: the disk is full.\n${words}`)
  return new Failure(`${what} could not be installed.\n${words}`)
}
