import { THEME } from '@gangway/schemas/theme'
import { escapeHtml } from './escape-html.ts'

export interface Letter {
  subject: string
  heading: string
  paragraphs: readonly string[]
  action: { label: string; url: string }
  /** Small print: why this mail came, and what to do when it was not expected. */
  note: string
}

export interface MailContent {
  subject: string
  text: string
  html: string
}

const FONT = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const ACCENT = THEME.options.colors.accent[THEME.options.primaryShade]

/** One letter as text and as HTML. Everything in it is escaped; styles are inline, since mail programs drop the rest. */
export function layOut(letter: Letter): MailContent {
  const subject = singleLine(letter.subject)
  return { subject, text: asText(letter), html: asHtml(letter, subject) }
}

// A line break in a subject would begin a header of its own.
function singleLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F\u2028\u2029]+/g, ' ').trim()
}

function asText({ heading, paragraphs, action, note }: Letter): string {
  return [heading, ...paragraphs, `${action.label}:\n${action.url}`, `--\n${note}`].join('\n\n') + '\n'
}

function asHtml({ heading, paragraphs, action, note }: Letter, subject: string): string {
  const [label, url] = [escapeHtml(action.label), escapeHtml(action.url)]
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${escapeHtml(text)}</p>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:32px 16px;background:#f6f7f9;color:#1c1e26;font-family:${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto">
<tr><td style="padding:0 8px 16px;font-size:15px;font-weight:600;color:${ACCENT}">Gangway</td></tr>
<tr><td style="padding:32px;background:#ffffff;border:1px solid #e3e6ec;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:22px;line-height:30px;font-weight:600">${escapeHtml(heading)}</h1>
${body.join('\n')}
<p style="margin:24px 0">
<a href="${url}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:${ACCENT};color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${label}</a>
</p>
<p style="margin:0;font-size:13px;line-height:20px;color:#5b6170">If the button does not work, open this address:<br>
<a href="${url}" style="color:${ACCENT};word-break:break-all">${url}</a></p>
</td></tr>
<tr><td style="padding:16px 8px 0;font-size:13px;line-height:20px;color:#5b6170">${escapeHtml(note)}</td></tr>
</table>
</body>
</html>
`
}
