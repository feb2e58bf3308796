import { createHash } from 'node:crypto'
import { THEME } from '@gangway/schemas/theme'

/** What the page says and offers. */
export interface UnsubscribePage {
  heading: string
  text: string
  /** Undefined where there is nothing to be done. */
  button?: { label: string; action: string }
}

const { accent } = THEME.options.colors
const STYLE = `:root { color-scheme: light dark; font-family: Inter, system-ui, sans-serif; line-height: 1.6 }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f7f9, #0e0f11); color: light-dark(#3a3f48, #c9cdd3) }
main { box-sizing: border-box; width: min(100% - 32px, 27rem); padding: 36px; border: 1px solid light-dark(#e4e7ec, #2b2e34); border-radius: 12px; background: light-dark(#fff, #17181b) }
h1 { margin: 0 0 8px; font-size: 1.35rem; line-height: 1.35; letter-spacing: -0.015em; color: light-dark(#15171c, #eceef1) }
p { margin: 0 }
button { margin-top: 24px; padding: 10px 18px; border: 0; border-radius: 8px; background: ${accent[THEME.options.primaryShade]}; color: #fff; font: inherit; font-weight: 600; cursor: pointer }
button:focus-visible { outline: 2px solid light-dark(${accent[7]}, ${accent[3]}); outline-offset: 2px }`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The page has a style and a form, and nothing else can run or be loaded. */
export const UNSUBSCRIBE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** Everything in it is ours: the only thing from outside is the token, which was checked or is percent-encoded. */
export function unsubscribePage({ heading, text, button }: UnsubscribePage): string {
  const form = button ? `<form method="post" action="${button.action}"><button>${button.label}</button></form>` : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${heading} · Gangway</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${heading}</h1><p role="status">${text}</p>${form}</main></body>
</html>
`
}
