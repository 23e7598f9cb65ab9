import type { Oid } from './model.ts'

/** No digit, and more than any byte: what is no id equals nothing. */
const NONE = 0x1000

/** The value of each character that is a hexadecimal digit. */
const digits = new Uint16Array(128).fill(NONE)
for (const [value, digit] of [...'0123456789abcdef'].entries()) digits[digit.charCodeAt(0)] = value

/** How many digits a head has: so few that it is a small integer, which numbers up to 2 ** 32 are not. */
const HEAD_DIGITS = 7

/** The number that an id begins with: nearly every pair of ids differs in it. */
export function headOf(oid: Oid): number {
  let head = 0
  for (let at = 0; at < HEAD_DIGITS; at += 1) head = head * 16 + digitAt(oid, at)
  return head
}

/** The head of an id that is given as bytes. */
export function headIn(data: Buffer, at: number): number {
  return data.readUInt32BE(at) >>> 4
}

/** Compares an id with the bytes of another: negative when it is the smaller. */
export function compareOid(oid: Oid, data: Buffer, at: number): number {
  for (let byte = 0; byte < 20; byte += 1) {
    const difference = digitAt(oid, 2 * byte) * 16 + digitAt(oid, 2 * byte + 1) - data[at + byte]!
    if (difference !== 0) return difference
  }
  return 0
}

function digitAt(text: string, at: number): number {
  return digits[text.charCodeAt(at)] ?? NONE
}
