/** Nothing is loaded from anywhere: mails carry all that they show, and a picture would tell its owner that staff look. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

export type PreviewScheme = 'light' | 'dark'

/** A mail's HTML as a document of its own, as somebody with this colour scheme sees it; its links open in a new tab. */
export function previewDocument(html: string, scheme: PreviewScheme): string {
  const chosen = html.replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank">${chosen}`
}
