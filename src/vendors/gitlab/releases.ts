import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { demandWrite, mayReadCode } from '../../forge/access.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Release } from '../../forge/model.ts'
import { collection } from './collection.ts'
import { readInstant } from './dates.ts'
import { FORBIDDEN, message, refuse } from './errors.ts'
import { createRelease, demandNoMilestones } from './new-release.ts'
import { pageOf } from './page-of.ts'
import { presentRelease } from './present-release.ts'
import type { Profile } from './profiles.ts'
import * as schemas from './release-schemas.ts'
import { demandReleaseEditor, demandReleaseReader, releaseSceneOf, viewRelease } from './release-view.ts'

/** https://docs.gitlab.com/api/releases/ */
export function registerReleases(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const releases = '/projects/:id/releases'
  const config = { gitlab: { needs: 'project', jobToken: true } } as const
  const route = { preValidation: demandReleaseReader } as const
  const response = { 200: schemas.Release }

  for (const url of collection(releases)) {
    app.get(
      url,
      {
        ...route,
        config: { operation: 'gitlab.listReleases', ...config },
        schema: { querystring: schemas.ListReleases, response: { 200: schemas.ReleaseList } },
      },
      async (request, reply) => {
        const { query, gitlabProject: project } = request
        const rows = pageOf(request, reply, sortReleases([...project.releases.values()], query), query)
        const withHtml = query.include_html_description ?? false
        return rows.map((release) =>
          presentRelease(viewRelease(request, release, withHtml), releaseSceneOf(request)),
        )
      },
    )

    app.post(
      url,
      {
        ...route,
        config: { operation: 'gitlab.createRelease', ...config },
        schema: { body: schemas.NewRelease, response: { 201: schemas.Release } },
      },
      async (request, reply) => {
        const { body, gitlab, gitlabProject: project } = request
        demandWrite(gitlab.identity, project.spec, 'developer')
        const release = createRelease(project, signedIn(gitlab.identity), body, profile)
        reply.code(201)
        return presentRelease(viewRelease(request, release), releaseSceneOf(request))
      },
    )
  }

  app.get(
    `${releases}/:tag_name`,
    {
      ...route,
      config: { operation: 'gitlab.getRelease', ...config },
      schema: { params: schemas.ReleaseParams, querystring: schemas.GetRelease, response },
    },
    async (request) => {
      const { params, query, gitlab, gitlabProject: project } = request
      if (!mayReadCode(gitlab.identity, project.spec)) refuse('feature-hidden', FORBIDDEN)
      const release = project.releases.get(params.tag_name) ?? missing(params.tag_name, profile)
      return presentRelease(
        viewRelease(request, release, query.include_html_description),
        releaseSceneOf(request),
      )
    },
  )

  app.put(
    `${releases}/:tag_name`,
    {
      ...route,
      config: { operation: 'gitlab.updateRelease', ...config },
      schema: { params: schemas.ReleaseParams, body: schemas.UpdateRelease, response },
    },
    async (request) => {
      const { params, body, gitlabProject: project } = request
      // Nobody may change what is not there: a missing release is 403 in every version.
      const release = project.releases.get(params.tag_name) ?? refuse('absent-release-forbidden', FORBIDDEN)
      demandReleaseEditor(request, release.tag)
      if (!project.repository.tags.has(release.tag))
        refuse('tag-of-release-missing', message(404, 'Tag does not exist'))
      if (Object.keys(body).length === 0) refuse('release-change-empty', message(400, 'params is empty'))
      demandNoMilestones(body.milestones)
      const updated = updateRelease(release, body)
      project.putRelease(updated)
      return presentRelease(viewRelease(request, updated), releaseSceneOf(request))
    },
  )

  app.delete(
    `${releases}/:tag_name`,
    {
      ...route,
      config: { operation: 'gitlab.deleteRelease', ...config },
      schema: { params: schemas.ReleaseParams, response },
    },
    async (request) => {
      const { params, gitlabProject: project } = request
      const release = project.releases.get(params.tag_name) ?? refuse('absent-release-forbidden', FORBIDDEN)
      demandReleaseEditor(request, release.tag)
      if (!project.repository.tags.has(release.tag))
        refuse('tag-of-release-missing', message(404, 'Tag does not exist'))
      const body = presentRelease(viewRelease(request, release), releaseSceneOf(request))
      project.removeRelease(release.tag)
      return body
    },
  )
}

function missing(tag: string, { forbidsMissingRelease }: Profile): never {
  return forbidsMissingRelease
    ? refuse('absent-release-forbidden', FORBIDDEN)
    : fail('release-missing', { tag })
}

/** Equal times fall back to the order of creation, in the same direction. */
function sortReleases(releases: readonly Release[], { order_by, sort }: schemas.ListReleases): Release[] {
  const sign = sort === 'asc' ? 1 : -1
  const timeOf = (release: Release) => (order_by === 'created_at' ? release.createdAt : release.releasedAt)
  return [...releases].sort((a, b) => sign * (timeOf(a) - timeOf(b) || a.id - b.id))
}

function updateRelease(release: Release, change: schemas.UpdateRelease): Release {
  return {
    ...release,
    ...(change.name !== undefined && { name: change.name ?? release.tag }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.released_at !== undefined && {
      releasedAt: readInstant(change.released_at) ?? release.releasedAt,
    }),
  }
}
