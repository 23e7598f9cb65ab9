import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Release, ReleaseLink } from '../../forge/model.ts'
import { message, refuse } from './errors.ts'
import { linkProblems } from './link-rules.ts'
import { draftLink } from './new-release.ts'
import { pageOf } from './page-of.ts'
import { PageQuery } from './page-schemas.ts'
import { presentReleaseLink, sortLinks } from './present-release.ts'
import * as schemas from './release-schemas.ts'
import { demandReleaseEditor, demandReleaseReader, releaseSceneOf } from './release-view.ts'

const NOT_FOUND = message(404, '404 Not found')

/** https://docs.gitlab.com/api/releases/links/ */
export function registerReleaseLinks(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const links = '/projects/:id/releases/:tag_name/assets/links'
  const config = { gitlab: { needs: 'project', jobToken: true } } as const
  // Here, unlike with releases themselves, parameters are looked at first.
  const route = { preHandler: demandReleaseReader } as const
  const response = { 200: schemas.ReleaseLink }

  app.get(
    links,
    {
      ...route,
      config: { operation: 'gitlab.listReleaseLinks', ...config },
      schema: {
        params: schemas.ReleaseParams,
        querystring: PageQuery,
        response: { 200: schemas.ReleaseLinkList },
      },
    },
    async (request, reply) => {
      const release = findRelease(request, request.params.tag_name)
      const rows = pageOf(request, reply, sortLinks(release.links), request.query)
      return rows.map((link) => presentReleaseLink(link, release.tag, releaseSceneOf(request)))
    },
  )

  app.post(
    links,
    {
      ...route,
      config: { operation: 'gitlab.createReleaseLink', ...config },
      schema: {
        params: schemas.ReleaseParams,
        body: schemas.CreateLink,
        response: { 201: schemas.ReleaseLink },
      },
    },
    async (request, reply) => {
      const { body, params, gitlabProject: project } = request
      const release = findRelease(request, params.tag_name)
      demandReleaseEditor(request, release.tag)
      const draft = draftLink(body)
      demandSound(linkProblems(draft, release.links))
      const link: ReleaseLink = { id: project.forge.nextId('link'), ...draft }
      project.putRelease({ ...release, links: [...release.links, link] })
      reply.code(201)
      return presentReleaseLink(link, release.tag, releaseSceneOf(request))
    },
  )

  app.get(
    `${links}/:link_id`,
    {
      ...route,
      config: { operation: 'gitlab.getReleaseLink', ...config },
      schema: { params: schemas.LinkParams, response },
    },
    async (request) => {
      const release = findRelease(request, request.params.tag_name)
      return presentReleaseLink(
        findLink(release, request.params.link_id),
        release.tag,
        releaseSceneOf(request),
      )
    },
  )

  app.put(
    `${links}/:link_id`,
    {
      ...route,
      config: { operation: 'gitlab.updateReleaseLink', ...config },
      schema: { params: schemas.LinkParams, body: schemas.UpdateLink, response },
    },
    async (request) => {
      const { body, params, gitlabProject: project } = request
      demandNameOrUrl(body)
      const release = findRelease(request, params.tag_name)
      const link = findLink(release, params.link_id)
      demandReleaseEditor(request, release.tag)
      const others = release.links.filter(({ id }) => id !== link.id)
      const changed = changeLink(link, body)
      demandSound(linkProblems(changed, others))
      project.putRelease({
        ...release,
        links: release.links.map((known) => (known.id === link.id ? changed : known)),
      })
      return presentReleaseLink(changed, release.tag, releaseSceneOf(request))
    },
  )

  app.delete(
    `${links}/:link_id`,
    {
      ...route,
      config: { operation: 'gitlab.deleteReleaseLink', ...config },
      schema: { params: schemas.LinkParams, response },
    },
    async (request) => {
      const { params, gitlabProject: project } = request
      const release = findRelease(request, params.tag_name)
      const link = findLink(release, params.link_id)
      demandReleaseEditor(request, release.tag)
      project.putRelease({ ...release, links: release.links.filter(({ id }) => id !== link.id) })
      return presentReleaseLink(link, release.tag, releaseSceneOf(request))
    },
  )
}

function findRelease({ gitlabProject }: FastifyRequest, tag: string): Release {
  return gitlabProject.releases.get(tag) ?? refuse('release-missing', NOT_FOUND)
}

function findLink(release: Release, id: number): ReleaseLink {
  return release.links.find((link) => link.id === id) ?? refuse('link-not-found', NOT_FOUND)
}

function demandNameOrUrl({ name, url }: schemas.UpdateLink): void {
  if (name !== undefined || url !== undefined) return
  const error = 'name, url are missing, at least one parameter must be provided'
  refuse('link-change-empty', { status: 400, body: { error } })
}

function demandSound(problems: readonly string[]): void {
  if (problems.length > 0) refuse('link-invalid', message(400, problems))
}

/** The type goes back to `other` when it is not named: Grape fills its default in on updates too. */
function changeLink(link: ReleaseLink, change: schemas.UpdateLink): ReleaseLink {
  const path = change.direct_asset_path ?? change.filepath
  return {
    ...link,
    ...(change.name !== undefined && { name: change.name }),
    ...(change.url !== undefined && { url: change.url }),
    ...(path !== undefined && { path: path || null }),
    kind: change.link_type,
  }
}
