/** Notices when somebody takes a link or goes back while the page is busy with something else. Answers how to stop, and whether they did. */
export function followDeparture(): () => boolean {
  let hasLeft = false
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a[href]:not([href^="#"])')) hasLeft = true
  }
  const onBack = () => {
    hasLeft = true
  }
  document.addEventListener('click', onClick, true)
  window.addEventListener('popstate', onBack)
  return () => {
    document.removeEventListener('click', onClick, true)
    window.removeEventListener('popstate', onBack)
    return hasLeft
  }
}
