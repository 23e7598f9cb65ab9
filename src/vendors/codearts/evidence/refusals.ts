import { parameterRefusals } from './parameter-refusals.ts'
import { refRefusals } from './ref-refusals.ts'
import { requestRefusals } from './request-refusals.ts'

/** Every rule of this vendor's own that a request can break. */
export const refusals = { ...requestRefusals, ...parameterRefusals, ...refRefusals }

/** What code that refuses has to name; without evidence there is no name. */
export type RefusalName = keyof typeof refusals
