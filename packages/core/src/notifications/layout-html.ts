import { THEME } from '@gangway/schemas/theme'
import { escapeHtml } from './escape-html.ts'
import type { Letter } from './layout.ts'

const FONT = "font-family:Inter,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const MONOSPACE = "font-family:ui-monospace,'SF Mono',Menlo,Consolas,monospace"
const { accent } = THEME.options.colors
const ACCENT = accent[THEME.options.primaryShade]

/** Programs that know dark schemes read this; what it changes stands inline for all others. */
const DARK = `@media (prefers-color-scheme: dark) {
body, .page { background: #0e0f11 !important }
.card { background: #17181b !important; border-color: #2b2e34 !important }
.strong { color: #eceef1 !important }
.body { color: #c9cdd3 !important }
.quiet { color: #a3a8b0 !important }
.link { color: ${accent[3]} !important }
.inset { background: #212328 !important; border-color: #33363d !important }
}
@media (max-width: 480px) {
.card { padding: 28px 22px !important }
.label, .value { display: block !important; width: auto !important }
.label { padding-bottom: 0 !important }
.value { padding-top: 0 !important }
}`

/** A page of tables with inline styles, which is what every mail program shows alike. Everything of the letter is escaped. */
export function asHtml(letter: Letter): string {
  const { subject, preview, heading, paragraphs, code, facts, note, unsubscribe } = letter
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${DARK}</style>
</head>
<body style="margin:0;padding:0;background:#f6f7f9;${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview ?? paragraphs[0] ?? '')}${'&#847; '.repeat(40)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f7f9">
<tr><td style="padding:36px 16px 48px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:544px;margin:0 auto">
<tr><td style="padding:0 4px 20px">${BRAND}</td></tr>
<tr><td class="card" style="padding:40px;background:#ffffff;border:1px solid #e4e7ec;border-radius:12px">
<h1 class="strong" style="margin:0 0 16px;font-size:22px;line-height:30px;font-weight:600;letter-spacing:-0.015em;color:#15171c;overflow-wrap:anywhere">${escapeHtml(heading)}</h1>
${paragraphs.map(paragraph).join('\n')}
${facts ? factsTable(facts) : ''}
${code ? codeBox(code) : ''}
${button(letter.action)}
</td></tr>
<tr><td class="quiet" style="padding:20px 4px 0;font-size:13px;line-height:20px;color:#5b6170;overflow-wrap:anywhere">${escapeHtml(note)}${
    unsubscribe ? ` ${link(unsubscribe)}` : ''
  }</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

const BRAND = `<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td width="22" height="22" align="center" style="width:22px;height:22px;border-radius:6px;background:${ACCENT};font-size:13px;line-height:22px;font-weight:700;color:#ffffff">G</td>
<td class="strong" style="padding-left:9px;font-size:16px;line-height:22px;font-weight:600;letter-spacing:-0.01em;color:#15171c">Gangway</td>
</tr></table>`

function paragraph(text: string): string {
  return `<p class="body" style="margin:0 0 16px;font-size:15px;line-height:24px;color:#3a3f48;overflow-wrap:anywhere">${escapeHtml(text)}</p>`
}

function factsTable(facts: NonNullable<Letter['facts']>): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td class="quiet label" width="38%" style="width:38%;padding:3px 16px 3px 0;font-size:14px;line-height:22px;color:#5b6170;vertical-align:top;overflow-wrap:anywhere">${escapeHtml(label)}</td>
<td class="strong value" style="padding:3px 0;font-size:14px;line-height:22px;font-weight:500;color:#15171c;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  )
  return `<table role="presentation" class="inset" width="100%" cellpadding="0" cellspacing="0" style="margin:4px 0 20px;background:#f6f7f9;border:1px solid #e4e7ec;border-radius:8px;border-collapse:separate">
<tr><td style="padding:12px 16px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.join('\n')}</table></td></tr></table>`
}

function codeBox({ label, value }: { label: string; value: string }): string {
  return `<p class="quiet" style="margin:0 0 6px;font-size:13px;line-height:20px;color:#5b6170">${escapeHtml(label)}</p>
<p class="inset strong" style="margin:0 0 20px;padding:11px 16px;background:#f6f7f9;border:1px solid #e4e7ec;border-radius:8px;font-size:15px;line-height:22px;color:#15171c;overflow-wrap:anywhere;${MONOSPACE}">${escapeHtml(value)}</p>`
}

function button({ label, url }: Letter['action']): string {
  const address = escapeHtml(url)
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0 28px"><tr>
<td style="border-radius:8px;background:${ACCENT}"><a href="${address}" style="display:inline-block;padding:11px 20px;font-size:15px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></td>
</tr></table>
<p class="quiet" style="margin:0;font-size:13px;line-height:20px;color:#5b6170">If the button does not work, open this address:<br>
<a class="link" href="${address}" style="color:${ACCENT};word-break:break-all">${address}</a></p>`
}

function link({ label, url }: { label: string; url: string }): string {
  return `<a class="link" href="${escapeHtml(url)}" style="color:${ACCENT}">${escapeHtml(label)}</a>`
}
