import type { RefusalRule } from '../../evidence.ts'
import { projectRefusals } from './project-refusals.ts'
import { releaseRefusals } from './release-refusals.ts'
import { repositoryRefusals } from './repository-refusals.ts'
import { requestRefusals } from './request-refusals.ts'

/** Each rule that GitLab's own code refuses something by, beside the failures of the forge. */
export const refusals = {
  ...requestRefusals,
  ...repositoryRefusals,
  ...projectRefusals,
  ...releaseRefusals,
} satisfies Record<string, RefusalRule>

export type RefusalName = keyof typeof refusals
