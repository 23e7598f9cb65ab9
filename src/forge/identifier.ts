import { createHash } from 'node:crypto'

/**
 * A UUID that depends on nothing but its seed, so that a world has the same identifiers in every process.
 * It carries the version and variant bits of a random (v4) UUID, since clients check those.
 */
export function uuidOf(seed: string): string {
  const hex = createHash('sha1').update(seed).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
