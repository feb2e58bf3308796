import { type SessionManifest, sessionManifestSchema } from '@gangway/schemas/manifest'

const NAME = 'gangway.manifest'

/** The questions that this browser was asked last, for when it is offline; undefined for none that can be read. */
export function keptManifest(): SessionManifest | undefined {
  try {
    return sessionManifestSchema.safeParse(JSON.parse(localStorage.getItem(NAME) ?? 'null')).data
  } catch {
    return undefined
  }
}

export function keepManifest(manifest: SessionManifest): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(manifest))
  } catch {
    // A storage that is full or forbidden: the questions are asked of the server each time.
  }
}
