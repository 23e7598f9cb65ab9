import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { uuidOf } from '../../forge/identifier.ts'
import type { Release, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { getTag } from '../../forge/tags.ts'
import { PROJECT_CHANGE } from './auth.ts'
import type { Endpoint } from './context.ts'
import { databaseDate } from './dates.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import type { Quirks } from './quirks.ts'
import * as schemas from './release-schemas.ts'
import { ProjectParams } from './schemas.ts'

const READING: Endpoint = { scopes: ['PROJECT_READ'], needs: 'code' }
const WRITING: Endpoint = { scopes: PROJECT_CHANGE, needs: 'code', role: 'developer', writes: true }

/** https://docs.gitflic.ru/en/api/release */
export function registerReleases(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const releases = '/project/:ownerAlias/:projectAlias/release'

  app.get(
    releases,
    {
      config: { operation: 'gitflic.listReleases', gitflic: READING },
      schema: {
        params: ProjectParams,
        querystring: schemas.ReleaseQuery,
        response: { 200: schemas.ReleasePage },
      },
    },
    async ({ gitflicProject: project, query }, reply) => {
      const page = pageRequest(query, quirks)
      const found = newestFirst(project).filter(({ tag }) => tag.includes(query.tagName ?? ''))
      const items = pageOf(found, page).map((release) => present(project, release))
      return sendPage(reply, 'releaseTagModelList', items, found.length, page)
    },
  )

  app.get(
    `${releases}/:releaseUuid`,
    {
      config: { operation: 'gitflic.getRelease', gitflic: READING },
      schema: { params: schemas.ReleaseParams, response: { 200: schemas.Release } },
    },
    async ({ gitflicProject: project, params: { releaseUuid } }) => {
      const found = newestFirst(project).find((release) => uuidOfRelease(release) === releaseUuid)
      return present(project, found ?? fail('release-missing', { tag: releaseUuid }))
    },
  )

  app.post(
    releases,
    {
      config: { operation: 'gitflic.createRelease', gitflic: WRITING },
      schema: { params: ProjectParams, body: schemas.NewRelease, response: { 200: schemas.Release } },
    },
    async ({ gitflic, gitflicProject: project, body }) =>
      present(project, createRelease(project, gitflic.user, body)),
  )
}

function newestFirst({ releases }: Project): Release[] {
  return [...releases.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
}

/** Makes a release of a tag that exists. Throws `ref-missing`, `release-exists`. */
function createRelease(project: Project, author: User, wanted: schemas.NewRelease): Release {
  const tag = getTag(project, wanted.tagName).name
  if (project.releases.has(tag)) return fail('release-exists', { tag })
  const now = project.forge.clock.now()
  const release: Release = {
    id: project.forge.nextId('release'),
    tag,
    name: wanted.title,
    description: wanted.description ?? null,
    author: author.username,
    createdAt: now,
    releasedAt: now,
    links: [],
    preRelease: wanted.preRelease ?? false,
  }
  project.putRelease(release)
  return release
}

function present(project: Project, release: Release): schemas.Release {
  return {
    id: uuidOfRelease(release),
    title: release.name,
    projectId: project.spec.uuid,
    authorId: project.forge.user(release.author)?.uuid ?? '',
    description: release.description,
    tagName: release.tag,
    commitId: project.repository.tag(release.tag)?.commit?.oid ?? null,
    createdAt: databaseDate(release.createdAt),
    updatedAt: databaseDate(release.createdAt),
    attachmentFiles: release.links.map(({ name, url }) => ({ name, link: url })),
    preRelease: release.preRelease ?? false,
  }
}

function uuidOfRelease({ id }: Release): string {
  return uuidOf(`release ${id}`)
}
