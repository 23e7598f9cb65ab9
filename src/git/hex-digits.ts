import type { Oid } from './model.ts'

/** The value of each character that is a hexadecimal digit; no number, so that what is no id equals nothing, for the others. */
const digits = new Float64Array(128).fill(Number.NaN)
for (const [value, digit] of [...'0123456789abcdef'].entries()) digits[digit.charCodeAt(0)] = value

/** The first four bytes of an id as a number. */
export function readHead(oid: Oid): number {
  let head = 0
  for (let at = 0; at < 8; at += 1) head = head * 16 + digitAt(oid, at)
  return head
}

/** Compares the bytes of an id from the fifth on with as many bytes at `at`: negative when the id is the smaller. */
export function compareTail(oid: Oid, data: Buffer, at: number): number {
  for (let byte = 4; byte < 20; byte += 1) {
    const difference = digitAt(oid, 2 * byte) * 16 + digitAt(oid, 2 * byte + 1) - data[at + byte]!
    if (difference !== 0) return difference
  }
  return 0
}

function digitAt(text: string, at: number): number {
  return digits[text.charCodeAt(at)] ?? Number.NaN
}
