import { Ajv } from 'ajv'
import type { TSchema } from 'typebox'
import { expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import * as branches from '../../../src/vendors/bitbucket/branch-schemas.ts'
import * as commits from '../../../src/vendors/bitbucket/commit-schemas.ts'
import * as projects from '../../../src/vendors/bitbucket/project-schemas.ts'
import * as shared from '../../../src/vendors/bitbucket/schemas.ts'
import * as webhooks from '../../../src/vendors/bitbucket/webhook-schemas.ts'
import { callerOf } from '../../caller.ts'
import { bearer, NOW, project, world } from './world.ts'

const REPO = 'api/1.0/projects/ACME/repos/widgets'
const GIT = 'git/1.0/projects/ACME/repos/widgets'
const NEW = { name: 'new', startPoint: 'main' }
const HOOK = { name: 'a', url: 'http://a.test', configuration: { secret: 's' } }

const answers: [path: string, schema: TSchema, method?: string, payload?: object][] = [
  ['api/1.0/application-properties', projects.ApplicationProperties],
  ['api/1.0/projects', projects.ProjectPage],
  ['api/1.0/projects?limit=1', projects.ProjectPage],
  ['api/1.0/projects/ACME', projects.Project],
  ['api/1.0/projects/~dee', projects.Project],
  ['api/1.0/projects/ACME/repos', projects.RepositoryPage],
  ['api/1.0/repos', projects.RepositoryPage],
  ['api/1.0/users/dee', shared.User],
  ['api/1.0/users/dee/repos/dots', projects.Repository],
  [REPO, projects.Repository],
  ['api/1.0/projects/ACME/repos/old', projects.Repository],
  [`${REPO}/tags`, shared.TagPage],
  [`${REPO}/tags?limit=1`, shared.TagPage],
  ['api/1.0/projects/ACME/repos/old/tags', shared.TagPage],
  [`${REPO}/tags/v1`, shared.Tag],
  [`${REPO}/tags/v2`, shared.Tag],
  [`${REPO}/tags`, shared.Tag, 'POST', NEW],
  [`${REPO}/tags`, shared.Errors, 'POST', {}],
  [`${GIT}/tags`, shared.Tag, 'POST', { ...NEW, message: 'm', type: 'ANNOTATED' }],
  [`${GIT}/tags/nope`, shared.Errors, 'DELETE'],
  ['tags/1.0/projects/ACME/repos/widgets/tags', shared.TagPage],
  [`${REPO}/branches`, branches.BranchPage],
  [`${REPO}/branches?details=true`, branches.BranchPage],
  [`${REPO}/branches/default`, branches.Branch],
  [`${REPO}/default-branch`, branches.MinimalRef],
  [`${REPO}/branches`, branches.Branch, 'POST', NEW],
  [`${REPO}/commits`, commits.CommitPage],
  [`${REPO}/commits?withCounts=true`, commits.CommitPage],
  [`${REPO}/commits/main`, commits.CommitWithParents],
  [`${REPO}/commits/nope`, shared.Errors],
  [`${REPO}/webhooks`, webhooks.WebhookPage],
  [`${REPO}/webhooks`, webhooks.Webhook, 'POST', HOOK],
]

it.each(answers)(
  '%s answers what its schema says, no field more or less',
  async (path, schema, method, payload) => {
    const tags = [
      { name: 'v1', target: 'c1' },
      { name: 'v2', target: 'c1', message: 'Two\n' },
    ]
    const app = await buildApp({
      clock: NOW,
      quirks: ['bitbucket.pageFilter'],
      fixture: world(
        project('acme/widgets', 1, { tags, webhooks: [{ url: 'http://x.test', vendor: 'bitbucket' }] }),
        project('acme/old', 2, { tags, profiles: { bitbucket: '4.5.2' } }),
        project('dee/dots', 3, { tags }),
      ),
    })
    const call = callerOf(app, bearer('root-token'))
    const { body } = await call(method ?? 'GET', `/rest/${path}`, payload && { payload })
    const validate = new Ajv({ strict: false, formats: {}, validateFormats: false }).compile(closed(schema))
    validate(body)
    expect(validate.errors).toBeNull()
    await app.close()
  },
)

/** The schema with no room for fields that it does not name. */
function closed(schema: TSchema): object {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.type === 'object' && value.properties ? { ...value, additionalProperties: false } : value,
  ) as object
}
