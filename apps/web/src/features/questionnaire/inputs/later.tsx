'use client'

import { type ComponentType, lazy, useState } from 'react'

interface Later<Props> {
  /** Holds up the nearest Suspense until it is there. */
  Control: ComponentType<Props>
  /** Fetches it, so that it is there when it is needed. */
  preload(): void
}

/** A component that is fetched when it is needed first. One that was fetched before is shown at once. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let loaded: ComponentType<Props> | undefined
  const fetched = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const Late = lazy(fetched)
  return {
    Control(props) {
      // The same one for as long as it is shown: another would be a new element, without the focus.
      const [Shown] = useState(() => loaded ?? Late)
      return <Shown {...props} />
    },
    preload() {
      // Without a connection there is another attempt when it is needed.
      void fetched().catch(() => undefined)
    },
  }
}
