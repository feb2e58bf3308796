/** Nothing is loaded from anywhere: mails carry all that they show, and a picture would tell its owner that staff look. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

/** A mail's HTML as a document of its own, whose links open in a new tab. */
export function previewDocument(html: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank">${html}`
}
