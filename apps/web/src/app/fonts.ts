import localFont from 'next/font/local'

/** Served by the app itself, with a fallback of the same width, so that nothing moves when it arrives. */
export const inter = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  fallback: ['system-ui', 'sans-serif'],
  display: 'swap',
})
