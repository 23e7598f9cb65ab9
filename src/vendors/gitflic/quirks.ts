import type { Quirk } from '../vendor.ts'

/** What is known to differ between installations, or is not known for sure: one switch for each. */
export interface Quirks {
  /** gitflic.ru was seen to answer 400 to every look-up of a tag by its name (2026). */
  readonly tagGet400: boolean
  /** Two clients say that a tag without a message is a lightweight one. */
  readonly lightweightWhenNoMessage: boolean
  readonly duplicateStatus: 400 | 409 | 422
  readonly tagOrder: 'annotated-first' | 'name'
  readonly allowEncodedSlash: boolean
  /** Larger pages are cut to this and reported so. */
  readonly maxPageSize: number
}

export const quirks: readonly Quirk[] = [
  { name: 'tagGet400', summary: 'GET of a tag by its name answers 400, as gitflic.ru did in 2026' },
  { name: 'lightweightWhenNoMessage', summary: 'a tag created without a message is a lightweight one' },
  { name: 'duplicateStatus409', summary: 'a tag that exists is answered 409 instead of 422' },
  { name: 'duplicateStatus400', summary: 'a tag that exists is answered 400 instead of 422' },
  { name: 'tagOrderByName', summary: 'tags are listed by name instead of annotated and newest first' },
  { name: 'allowEncodedSlash', summary: '%2F in a path is a slash in a name instead of a 400' },
  { name: 'maxPageSize100', summary: 'pages hold 100 entries at most instead of 2000' },
]

/** Reads the names that were switched on. */
export function readQuirks(names: ReadonlySet<string>): Quirks {
  return {
    tagGet400: names.has('tagGet400'),
    lightweightWhenNoMessage: names.has('lightweightWhenNoMessage'),
    duplicateStatus: duplicateStatus(names),
    tagOrder: names.has('tagOrderByName') ? 'name' : 'annotated-first',
    allowEncodedSlash: names.has('allowEncodedSlash'),
    maxPageSize: names.has('maxPageSize100') ? 100 : 2000,
  }
}

function duplicateStatus(names: ReadonlySet<string>): Quirks['duplicateStatus'] {
  if (names.has('duplicateStatus409')) return 409
  return names.has('duplicateStatus400') ? 400 : 422
}
