import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { demandRole, demandWrite } from '../../forge/access.ts'
import { ANONYMOUS, signedIn } from '../../forge/identity.ts'
import type { Tag } from '../../forge/model.ts'
import { matchingRules } from '../../forge/tag-rules.ts'
import { deleteTag, getTag } from '../../forge/tags.ts'
import { collection } from './collection.ts'
import { demandUnmodified } from './conditional.ts'
import { answerTo, refuse, ruleOf } from './errors.ts'
import { createGitLabTag } from './new-tag.ts'
import { presentTag } from './present.ts'
import type { Profile } from './profiles.ts'
import * as schemas from './schemas.ts'
import { writeTags } from './tag-json.ts'
import { listPage } from './tag-list.ts'
import { createReleaseOfTag } from './tag-release.ts'
import { RULES, sceneOf, viewTag } from './tag-view.ts'

/** https://docs.gitlab.com/api/tags/ */
export function registerTags(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/projects/:id/repository/tags'

  const querystring = listParameters(profile)
  for (const url of collection(tags)) {
    app.get(
      url,
      {
        config: {
          operation: 'gitlab.listTags',
          isKept: true,
          gitlab: { needs: 'code', jobToken: profile.jobTokenLists },
        },
        schema: { querystring, response: { 200: schemas.TagList } },
      },
      (request, reply) => {
        const { gitlab, gitlabProject: project, query } = request
        const { json, etag } = writeTags(project, listPage(request, reply, project, query), gitlab)
        request.gitlabEtag = etag
        // Bytes already: the type of an answer is for values.
        reply.type('application/json').send(json as never)
      },
    )

    const body = profile.hasTagRelease
      ? schemas.NewTagWithRelease
      : (schemas.NewTag as unknown as typeof schemas.NewTagWithRelease)
    app.post(
      url,
      {
        config: { operation: 'gitlab.createTag', gitlab: { needs: 'code' } },
        schema: { body, response: { 201: schemas.Tag } },
      },
      async (request, reply) => {
        const { gitlab, gitlabProject: project, body } = request
        demandWrite(gitlab.identity, project.spec, 'developer')
        const tag = orAsDocumented(profile, () =>
          createGitLabTag(
            project,
            signedIn(gitlab.identity),
            { name: body.tag_name, ref: body.ref, message: body.message },
            profile,
          ),
        )
        if (body.release_description?.trim())
          createReleaseOfTag(project, tag.name, body.release_description, signedIn(gitlab.identity).user)
        reply.code(201)
        // The entity is rendered without the current user, so an anonymous eye decides about `release`.
        return presentTag(viewTag(project, tag, ANONYMOUS, profile), sceneOf(project, gitlab))
      },
    )
  }

  app.get(
    `${tags}/:tag_name`,
    {
      config: { operation: 'gitlab.getTag', isKept: true, gitlab: { needs: 'code' } },
      schema: { params: schemas.TagParams, response: { 200: schemas.Tag } },
    },
    async ({ gitlab, gitlabProject: project, params }) =>
      presentTag(
        viewTag(project, getTag(project, params.tag_name), gitlab.identity, profile),
        sceneOf(project, gitlab),
      ),
  )

  app.delete(
    `${tags}/:tag_name`,
    {
      config: { operation: 'gitlab.deleteTag', gitlab: { needs: 'code' } },
      schema: { params: schemas.TagParams },
    },
    async (request, reply) => {
      const { gitlab, gitlabProject: project, params } = request
      if (profile.deleteChecksRoleFirst) demandRole(gitlab.identity, project.spec, 'developer')
      const tag = getTag(project, params.tag_name)
      const isProtected = matchingRules(project.tagRules, tag.name, RULES).length > 0
      demandWrite(gitlab.identity, project.spec, isProtected ? 'maintainer' : 'developer')
      demandUnmodified(request, authoredAt(viewTag(project, tag, gitlab.identity, profile).commit))
      deleteTag(project, tag.name, { user: signedIn(gitlab.identity).user, vendor: 'gitlab' })
      return reply.code(204).send()
    },
  )
}

function listParameters(profile: Profile): typeof schemas.ListTags {
  if (profile.hasVersionOrder) return schemas.ListTags
  const known = profile.hasKeyset ? schemas.ListTagsWithoutVersion : schemas.ListTagsWithoutToken
  return known as unknown as typeof schemas.ListTags
}

function authoredAt(commit: Tag['commit']): number {
  return (commit?.author.time ?? 0) * 1000
}

/** The printed page promises 405 where servers answer 400. */
function orAsDocumented<Result>(profile: Profile, create: () => Result): Result {
  try {
    return create()
  } catch (error) {
    const answer = answerTo(error as Error)
    const rule = ruleOf(error as Error)
    if (!profile.isDocumented || answer.status !== 400 || rule === null) throw error
    return refuse(rule, { ...answer, status: 405 })
  }
}
