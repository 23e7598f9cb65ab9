import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { demandWrite } from '../../forge/access.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Release } from '../../forge/model.ts'
import { getTag } from '../../forge/tags.ts'
import { FORBIDDEN, refuse } from './errors.ts'
import { demandCreatableTag, demandReleaseEditor } from './release-view.ts'
import { ReleaseNotes, TagParams, TagRelease } from './schemas.ts'
import { createReleaseOfTag } from './tag-release.ts'

/** Release notes of a tag as they were written until 13.12; removed in 14.0. */
export function registerTagRelease(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const url = '/projects/:id/repository/tags/:tag_name/release'
  const config = { gitlab: { needs: 'code' } } as const
  const releases = '/projects/:id/releases'

  app.post(
    url,
    {
      config: { operation: 'gitlab.createTagRelease', ...config },
      schema: {
        params: TagParams,
        body: ReleaseNotes,
        response: { 201: TagRelease },
        deprecated: { since: '11.7', use: `POST ${releases}` },
      },
    },
    async ({ gitlab, gitlabProject: project, params, body }, reply) => {
      demandWrite(gitlab.identity, project.spec, 'developer')
      const tag = getTag(project, params.tag_name)
      demandCreatableTag(project, gitlab.identity, tag.name)
      const { user } = signedIn(gitlab.identity)
      reply.code(201)
      return presentNotes(createReleaseOfTag(project, tag.name, body.description, user))
    },
  )

  app.put(
    url,
    {
      config: { operation: 'gitlab.updateTagRelease', ...config },
      schema: {
        params: TagParams,
        body: ReleaseNotes,
        response: { 200: TagRelease },
        deprecated: { since: '11.7', use: `PUT ${releases}/:tag_name` },
      },
    },
    async (request) => {
      const { gitlabProject: project, params, body } = request
      const release = project.releases.get(params.tag_name) ?? refuse('absent-release-forbidden', FORBIDDEN)
      demandReleaseEditor(request, release.tag)
      const updated = { ...release, description: body.description }
      project.putRelease(updated)
      return presentNotes(updated)
    },
  )
}

function presentNotes({ tag, description }: Release): TagRelease {
  return { tag_name: tag, description }
}
