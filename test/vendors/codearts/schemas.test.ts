import { Ajv } from 'ajv'
import type { TSchema } from 'typebox'
import { expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import * as branches from '../../../src/vendors/codearts/branch-schemas.ts'
import * as commits from '../../../src/vendors/codearts/commit-schemas.ts'
import * as hooks from '../../../src/vendors/codearts/hook-schemas.ts'
import * as iam from '../../../src/vendors/codearts/iam-schemas.ts'
import * as legacy from '../../../src/vendors/codearts/legacy-schemas.ts'
import * as rules from '../../../src/vendors/codearts/protected-tag-schemas.ts'
import * as repositories from '../../../src/vendors/codearts/repository-schemas.ts'
import * as tags from '../../../src/vendors/codearts/schemas.ts'
import { callerOf } from '../../caller.ts'
import { C1, project, world } from './world.ts'

const V4 = '/v4/repositories/1'
const V2 = '/v2/repositories/1'

const answers: [url: string, schema: TSchema, method?: string, payload?: object][] = [
  [`${V4}/repository/tags`, tags.TagList],
  [`${V4}/repository/tags?view=detail`, tags.TagList],
  [`${V4}/repository/tags?limit=0`, tags.ErrorBody],
  [`${V4}/repository/tags`, tags.Tag, 'POST', { tag_name: 'new', ref: 'main', message: 'New' }],
  [`${V4}/repository/tag?tag_name=full`, tags.Tag],
  [`${V4}/repository/tag?tag_name=tree`, tags.Tag],
  [`${V4}/repository/tag?tag_name=none`, tags.ErrorBody],
  [`${V4}/repository/refs`, commits.RefNames],
  [`${V4}/repository/commits/${C1}/refs`, commits.RefNames],
  [`${V4}/repository/commits?sha=main`, commits.CommitDetail],
  [`${V4}/repository/commits?sha=main&stats=true&show_code_changes=true`, commits.CommitDetail],
  [`${V4}/repository/commit-list`, commits.CommitList],
  [`${V4}/compare?from=light&to=main`, commits.Comparison],
  [`${V4}/compare?from=main&to=main`, commits.Comparison],
  [`${V4}/repository/branches`, branches.BranchList],
  [`${V4}/repository/branches?view=all`, branches.BranchList],
  [`${V4}/repository/branch?branch_name=main`, branches.Branch],
  [`${V4}/repository/branches`, branches.CreatedBranch, 'POST', { branch: 'b', ref: 'main' }],
  [`${V4}/repository/branch?branch_name=feature/x`, branches.Success, 'DELETE'],
  [V4, repositories.Repository],
  ['/v4/user/repositories', repositories.RepositoryList],
  [`${V4}/protected-tags`, rules.ProtectedTagList],
  [`${V4}/protected-tag?tag_name=light`, rules.ProtectedTag],
  [
    `${V4}/protected-tags`,
    rules.ProtectedTagList,
    'POST',
    { names: ['f*'], actions: [{ action: 'create', user_ids: [1], related_role_ids: ['3'] }] },
  ],
  [`${V4}/hooks`, hooks.HookList],
  [`${V4}/hooks`, hooks.Hook, 'POST', { url: 'http://x.test' }],
  [`${V4}/hooks/1`, hooks.Hook],
  ['/v1/repositories/1/branches', legacy.BranchNames],
  [
    '/v1/repositories/acme/widgets/hooks',
    hooks.OldHook,
    'POST',
    { hook_url: 'http://x.test', hook_events: ['push_events'] },
  ],
  [`${V2}/tags`, legacy.TagNames],
  [`${V2}/tags`, legacy.CreatedTag, 'POST', { tag_name: 'new', ref: 'main' }],
  [`${V2}/tags`, legacy.ErrorBody, 'POST', {}],
  [`${V2}/tags/full`, legacy.TextResult, 'DELETE'],
  [`${V2}/protected-tags`, legacy.Rule, 'POST', { name: 'x', create_access_level: 30 }],
  [`${V2}/branches`, legacy.BranchList],
  ['/v2/projects/1/repository/commits/main', legacy.OneCommit],
  [
    '/v3/auth/tokens',
    iam.IssuedToken,
    'POST',
    {
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'mia', password: 'mia-password' } } },
      },
    },
  ],
]

it.each(answers)(
  '%s answers what its schema says, no field more or less',
  async (url, schema, method, payload) => {
    const app = await buildApp({
      fixture: world(
        project('acme/widgets', 1, {
          tags: [
            { name: 'light', target: 'c1' },
            { name: 'full', target: 'c2', message: 'F\n' },
            { name: 'tree', target: 'c1^{tree}' },
          ],
          tagRules: [{ pattern: 'light', create: 'developer' }],
          webhooks: [{ url: 'http://127.0.0.1:1/' }],
        }),
      ),
    })
    const call = callerOf(app, { 'x-auth-token': 'mia-token' })
    const { body } = await call(method ?? 'GET', url, payload ? { payload } : {})
    const validate = new Ajv({ strict: false }).compile(closed(schema) as object)
    expect(validate(body), JSON.stringify([validate.errors, body])).toBe(true)
    await app.close()
  },
)

/** The schema with every object closed to fields that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return copy.type === 'object' ? { ...copy, additionalProperties: false } : copy
}
