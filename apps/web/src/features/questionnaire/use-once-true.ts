import { useState } from 'react'

/** Whether it has been true since the component was mounted, in the very render in which it becomes so too. */
export function useOnceTrue(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue)
  if (isTrue && !wasTrue) setWasTrue(true)
  return isTrue || wasTrue
}
