import { createHash } from 'node:crypto'
import type { LoadedFixture } from '../fixture/load.ts'

/** Tells fixtures apart. What is in the repositories that one names is not looked at. */
export function fingerprintOf({ fixture }: LoadedFixture): string {
  return createHash('sha256').update(JSON.stringify(fixture)).digest('hex')
}
