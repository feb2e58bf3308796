import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

export interface Account {
  uid: number
  gid: number
}

/**
 * Postgres refuses to run as root: root starts it as the owner of the cluster, or as one of the accounts that every Linux has.
 * Undefined stands for the user who runs this. Throws when an existing cluster is another user's.
 */
export function serverAccount(cluster: string): Account | undefined {
  const owner = statSync(cluster, { throwIfNoEntry: false })
  const user = process.getuid?.()
  if (user === 0) return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount()
  if (owner && user !== undefined && owner.uid !== user) {
    throw new Error(
      `The database in ${cluster} belongs to another user (number ${owner.uid}). ` +
        'Start as that user or as root, or set DATA_DIR to a folder of your own.',
    )
  }
  return undefined
}

function unprivilegedAccount(): Account {
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const entry = entries.find((fields) => fields[0] === name)
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new Error(
    'Postgres cannot run as root, and this machine has none of the accounts postgres, nobody and daemon. Run as an ordinary user.',
  )
}

/** True when the account can run the command and it succeeds. */
export function runsAs(account: Account, command: string, args: string[]): boolean {
  return spawnSync(command, args, { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** True when the account can search every folder on the way: `cd` is refused exactly when it cannot. */
export function canEnter(account: Account, folder: string): boolean {
  return runsAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])
}
