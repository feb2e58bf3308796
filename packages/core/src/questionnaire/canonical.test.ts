import { describe, expect, it } from 'vitest'
import { canonicalJson, checksum } from './canonical.ts'

describe('canonicalJson', () => {
  it('is the same text whatever the order of the keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}')
    expect(checksum({ b: 1, a: 2 })).toBe(checksum({ a: 2, b: 1 }))
  })

  it('keeps the order of lists, and tells texts from numbers', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]))
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }))
  })

  it('leaves out what is undefined and writes dates as JSON does', () => {
    expect(canonicalJson({ a: undefined, at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  })
})

describe('checksum', () => {
  it('is SHA-256 in hexadecimal', () => {
    expect(checksum({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})
