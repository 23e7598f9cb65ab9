import type { FailureCode } from '../../../failure.ts'
import { inferred, type OutcomeRule } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { records } from './sources.ts'

/** What any request that names a repository can end in. */
export const inRepository = [
  'owner-missing',
  'user-missing',
  'project-missing',
  'repository-missing',
  'role-too-low',
] as const satisfies readonly FailureCode[]

/** What any change of refs can, in addition. */
export const inWritable = [...inRepository, 'project-archived'] as const

/** What can be wrong with a body that must be there. */
export const ofBody = [
  'unsupported-media-type',
  'body-missing',
  'json-unreadable',
  'json-type-wrong',
  'field-missing',
] as const satisfies readonly RefusalName[]

/** What can be wrong with one that may be empty and has no required fields. */
export const ofOptionalBody = [
  'unsupported-media-type',
  'json-unreadable',
  'json-type-wrong',
] as const satisfies readonly RefusalName[]

/** The repository of the address has another one now. */
export const moved: OutcomeRule = {
  status: 307,
  rule: 'a request under the former address of a repository is sent on to its new one',
  evidence: [inferred(`${records.registry}: a 307 for a DELETE; other methods alike`)],
}

/** Generated from Atlassian's OpenAPI document. */
export const CLIENT = '@coderabbitai/bitbucket'
