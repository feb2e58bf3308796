const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```/gm

/** The blocks between ``` lines: `{ language, body }`. */
export function fences(text) {
  return [...text.matchAll(FENCE)].map(([, language, body]) => ({ language, body }))
}

/** What stands between single backticks. */
export function codeSpans(text) {
  return [...text.replace(FENCE, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span)
}

/** Where links and pictures lead inside the project, without the anchor. */
export function links(text) {
  const targets = [...text.replace(FENCE, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target)
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split('#')[0])
    .filter(Boolean)
}
