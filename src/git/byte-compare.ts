const surrogatesStart = 0xd800
const surrogatesEnd = 0xe000

/**
 * Orders two strings as the bytes of their UTF-8 forms are ordered, which is git's order of ref names.
 * Negative, zero or positive, as `Array.prototype.sort` wants it.
 */
export function compareBytes(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return compareUnits(x, y)
  }
  return a.length - b.length
}

/**
 * Orders the first two UTF-16 units in which strings differ. Half of a surrogate pair stands for a character beyond
 * U+FFFF, so it comes after U+E000-U+FFFF although its number is smaller: there `<` and git disagree.
 */
export function compareUnits(x: number, y: number): number {
  if (x < surrogatesStart || y < surrogatesStart) return x - y
  return Number(x < surrogatesEnd) - Number(y < surrogatesEnd) || x - y
}
