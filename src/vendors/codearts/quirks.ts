import type { Quirk } from '../vendor.ts'

/** What differs between installations or cannot be told from the documentation: one switch for each. */
export interface Quirks {
  /** A manager may grant it; the permission matrix has it off by default. */
  readonly developersDeleteTags: boolean
  /** Frozen clocks and real signatures do not go together, so the window is not checked unless wanted. */
  readonly checksSignatureDate: boolean
}

export const quirks: readonly Quirk[] = [
  { name: 'developerDeletesTags', summary: 'developers may delete tags, as a manager can grant them' },
  {
    name: 'signatureExpires',
    summary: 'a signature is refused when its X-Sdk-Date is more than 15 minutes off',
  },
]

/** Reads the names that were switched on. */
export function readQuirks(names: ReadonlySet<string>): Quirks {
  return {
    developersDeleteTags: names.has('developerDeletesTags'),
    checksSignatureDate: names.has('signatureExpires'),
  }
}
