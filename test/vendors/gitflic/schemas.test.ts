import { Ajv } from 'ajv'
import type { TSchema } from 'typebox'
import { expect, it } from 'vitest'
import * as history from '../../../src/vendors/gitflic/history-schemas.ts'
import * as projects from '../../../src/vendors/gitflic/project-schemas.ts'
import * as releases from '../../../src/vendors/gitflic/release-schemas.ts'
import * as tags from '../../../src/vendors/gitflic/schemas.ts'
import { as, C3, project, serve, world } from './world.ts'

const PROJECT = '/project/acme/widgets'

const answers: [url: string, schema: TSchema, method?: string, payload?: object][] = [
  ['/user/me', projects.Me],
  ['/user', projects.UserPage],
  ['/user/dee', projects.User],
  ['/project/my', projects.ProjectPage],
  [PROJECT, projects.Project],
  ['/company', projects.CompanyPage],
  ['/company/acme', projects.Company],
  ['/team/my', projects.TeamPage],
  ['/team/tools', projects.Team],
  [`${PROJECT}/tag`, tags.TagPage],
  [`${PROJECT}/tag?page=9`, tags.TagPage],
  [`${PROJECT}/tag/light`, tags.Tag],
  [`${PROJECT}/tag/full`, tags.Tag],
  [`${PROJECT}/tag/create`, tags.Tag, 'POST', { tagName: 'new', branchName: 'main' }],
  [`${PROJECT}/tag/unknown`, tags.ErrorBody],
  [`${PROJECT}/tag/create`, tags.ErrorBody, 'POST', {}],
  ['/company/acme/tag-protection', tags.TagRulePage],
  [
    '/company/acme/tag-protection/create',
    tags.TagRule,
    'POST',
    { tagTemplate: 'a', allowToCreate: 'ADMINS' },
  ],
  [`${PROJECT}/branch`, history.BranchAnswer],
  [`${PROJECT}/branch?branchName=main`, history.BranchAnswer],
  [`${PROJECT}/branch/default`, history.Branch],
  [`${PROJECT}/branch-protection`, history.BranchRulePage],
  [`${PROJECT}/commits`, history.CommitPage],
  [`${PROJECT}/commit/${C3}`, history.Commit],
  [`${PROJECT}/release`, releases.ReleasePage],
  [`${PROJECT}/release`, releases.Release, 'POST', { title: 'R', tagName: 'full' }],
  [`${PROJECT}/setting/webhook`, releases.WebhookPage],
]

it.each(answers)(
  '%s answers what its schema says, no field more or less',
  async (url, schema, method, payload) => {
    const [app, call] = await serve(
      world(
        project('acme/widgets', {
          tags: [
            { name: 'light', target: 'c1' },
            { name: 'full', target: 'c1', message: 'F\n' },
          ],
          releases: [{ tag: 'light' }],
          webhooks: [{ url: 'http://127.0.0.1:1/' }],
        }),
      ),
    )
    const { body } = await call(method ?? 'GET', url, { ...as('ada'), ...(payload && { payload }) })
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
