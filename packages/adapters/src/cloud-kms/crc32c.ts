/** Castagnoli's polynomial, reflected: https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4. Node's own crc32 has another. */
const POLYNOMIAL = 0x82_f6_3b_78

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
  return rest
})

/** The checksum by which Cloud KMS and its callers find out what a faulty machine or line has changed on the way. */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xff_ff_ff_ff
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8)
  return (rest ^ 0xff_ff_ff_ff) >>> 0
}
