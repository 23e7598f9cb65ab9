import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { signedIn } from '../../forge/identity.ts'
import type { Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { getTag, listTags } from '../../forge/tags.ts'
import { refuse } from './answers.ts'
import { createBitbucketTag } from './new-tag.ts'
import { effectivePage, MOST_REFS, type PageQuery } from './paging.ts'
import { presentTag } from './present.ts'
import { findTag, hasFilter } from './ref-lookup.ts'
import * as schemas from './schemas.ts'
import { JSON_TYPE } from './send.ts'
import { writeTag, writeTagPage } from './tag-json.ts'

const TAGS = '/api/1.0/projects/:key/repos/:slug/tags'

/** The tags of the core API: https://developer.atlassian.com/server/bitbucket/rest/v819/api-group-repository/ */
export function registerTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    TAGS,
    {
      config: { operation: 'bitbucket.listTags', isKept: true, bitbucket: { needs: 'REPO_READ' } },
      schema: {
        params: schemas.RepositoryParams,
        querystring: schemas.ListTags,
        response: { 200: schemas.TagPage },
      },
    },
    (request, reply) => {
      const { bitbucketProject: project, query } = request
      const page = effectivePage(query, MOST_REFS)
      const tags = findTags(project, query, page)
      // Bytes already: the type of an answer is for values.
      reply.type(JSON_TYPE).send(writeTagPage(tags, page, hasFilter(request)) as never)
    },
  )

  app.post(
    TAGS,
    {
      config: { operation: 'bitbucket.createTag', bitbucket: { needs: 'REPO_WRITE' } },
      schema: { params: schemas.RepositoryParams, body: schemas.NewTag, response: { 200: schemas.Tag } },
    },
    async ({ bitbucket, bitbucketProject: project, body }) => {
      const message = body.message?.trim() ? body.message : null
      const { user } = signedIn(bitbucket.identity)
      return presentTag(createBitbucketTag(project, user, { ...body, message, force: false }))
    },
  )

  app.get(
    `${TAGS}/*`,
    {
      config: {
        operation: 'bitbucket.getTag',
        isKept: true,
        bitbucket: { needs: 'REPO_READ', feature: 'hasSingleTag' },
      },
      schema: { params: schemas.RefParams, response: { 200: schemas.Tag } },
    },
    ({ bitbucketProject: project, params }, reply) => {
      const name = findTag(project, params['*'])
      // No exception here, unlike everywhere else: seen in answers of 10.
      if (name === undefined) return refuse('tag-missing', { kind: 'empty', status: 404 })
      reply.type(JSON_TYPE).send(writeTag(getTag(project, name)) as never)
    },
  )
}

/** One more than there are on the page, which tells whether there is another one. */
function findTags(
  project: Project,
  { orderBy, filterText }: schemas.ListTags,
  page: PageQuery,
): readonly Tag[] {
  const order = orderBy === 'ALPHABETICAL' ? 'name' : 'created'
  const direction = order === 'name' ? 'asc' : 'desc'
  const text = filterText?.toLowerCase() ?? ''
  // Two objects, as one that is put together from parts takes its time.
  const wanted = { order, direction, offset: page.start, limit: page.limit + 1 } as const
  if (text.trim() === '') return listTags(project, wanted).tags
  return listTags(project, { ...wanted, keep: (name) => name.toLowerCase().includes(text) }).tags
}
