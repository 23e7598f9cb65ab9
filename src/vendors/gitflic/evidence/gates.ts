import type { FailureCode } from '../../../failure.ts'
import type { RefusalName } from './refusals.ts'

/** What has to be passed before an operation begins. */
export const PROJECT = [
  'project-missing',
  'project-hidden',
  'repository-missing',
] as const satisfies readonly FailureCode[]
export const CODE = [...PROJECT, 'feature-hidden'] as const
export const WRITE = ['role-too-low', 'project-archived'] as const satisfies readonly FailureCode[]
export const OWNER = ['owner-missing', 'role-too-low'] as const satisfies readonly FailureCode[]

/** What a body can be refused for. */
export const BODY = [
  'media-type-unsupported',
  'body-unreadable',
  'field-invalid',
] as const satisfies readonly RefusalName[]

/** A client that our tests run. */
export const GITFLIC_API = 'gitflic-api'
