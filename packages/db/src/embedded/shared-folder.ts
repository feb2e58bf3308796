import { chmod, mkdir } from 'node:fs/promises'

/** Where things go that an unprivileged account must reach when root runs the product from a folder only root can enter. */
export const SHARED_FOLDER = '/var/lib/gangway'

export async function ensureSharedFolder(): Promise<void> {
  await mkdir(SHARED_FOLDER, { recursive: true })
  // Root's umask may keep others out.
  await chmod(SHARED_FOLDER, 0o755)
}
