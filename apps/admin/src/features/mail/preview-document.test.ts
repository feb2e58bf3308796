import { describe, expect, it } from 'vitest'
import { previewDocument } from './preview-document.ts'

const mail = '<style>p { color: #111 } @media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>Hello</p>'

describe('previewDocument', () => {
  it('shows the chosen scheme, whatever that of the one who looks', () => {
    expect(previewDocument(mail, 'dark')).toContain('@media all {')
    expect(previewDocument(mail, 'light')).toContain('@media not all {')
  })

  it('lets nothing be loaded', () => {
    expect(previewDocument(mail, 'light')).toMatch(/^<!doctype html>.*content="default-src 'none';.*<p>Hello<\/p>$/)
  })
})
