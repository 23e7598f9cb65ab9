import type { FailureCode } from '../../../failure.ts'
import type { RefusalName } from './refusals.ts'

/** What any request about a repository can end in. */
export const inOldRepository = [
  'project-missing',
  'repository-missing',
  'project-hidden',
  'feature-hidden',
] as const satisfies readonly FailureCode[]

/** The same in v4, whose calls are also actions of IAM. */
export const inRepository = [...inOldRepository, 'scope-missing'] as const

/** What any change of a repository can, in addition. */
export const ofChange = ['role-too-low', 'project-archived'] as const satisfies readonly FailureCode[]

/** What can be wrong with numbers: ids, offsets and limits. */
export const ofNumbers = [
  'parameter-type-wrong',
  'parameter-out-of-range',
] as const satisfies readonly RefusalName[]

/** What can be wrong with a text. */
export const ofText = ['parameter-empty', 'parameter-too-long'] as const satisfies readonly RefusalName[]

/** What can be wrong with one that has to be there. */
export const ofName = [...ofNumbers, 'parameter-missing', ...ofText] as const

/** What can be wrong with a body before its fields are looked at. */
export const ofBody = [
  'content-type-wrong',
  'body-missing',
  'json-unreadable',
] as const satisfies readonly RefusalName[]

/** The official SDK. */
export const SDK = '@huaweicloud/huaweicloud-sdk-core'
