import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { deleteTag, getTag } from '../../forge/tags.ts'
import { createCodeArtsTag } from './new-tag.ts'
import { presentListed, presentTag } from './present.ts'
import { demandUnprotected } from './rules.ts'
import * as schemas from './schemas.ts'
import { findTags } from './tag-list.ts'
import { viewerOf } from './tag-view.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/DeleteTag.html and its neighbours */
export function registerTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/repositories/:repository_id/repository/tags'
  // There is no path segment for names: one tag is a query parameter of the singular.
  const tag = '/repositories/:repository_id/repository/tag'
  const params = schemas.RepositoryParams
  const reads = { needs: 'read', action: 'codeartsrepo:repository:getRepository' } as const

  app.get(
    tags,
    {
      config: { operation: 'codearts.listTags', codearts: reads },
      schema: { params, querystring: schemas.ListTags, response: { 200: schemas.TagList } },
    },
    async ({ codearts, codeartsProject: project, query }, reply) => {
      const { tags, total } = findTags(project, query)
      reply.header('x-total', String(total))
      const view = viewerOf(project, codearts.identity, codearts.quirks)
      return tags.map((tag) => presentListed(view(tag), query.view !== 'simple'))
    },
  )

  app.post(
    tags,
    {
      config: {
        operation: 'codearts.createTag',
        codearts: { needs: 'write', action: 'codeartsrepo:repository:createTag' },
      },
      schema: { params, body: schemas.NewTag, response: { 201: schemas.Tag } },
    },
    async ({ codearts, codeartsProject: project, body }, reply) => {
      const tag = createCodeArtsTag(project, codearts.identity, body)
      reply.code(201)
      return presentTag(tag)
    },
  )

  app.get(
    tag,
    {
      config: { operation: 'codearts.getTag', codearts: reads },
      schema: { params, querystring: schemas.TagQuery, response: { 200: schemas.Tag } },
    },
    async ({ codeartsProject: project, query }, reply) => {
      const tag = getTag(project, query.tag_name)
      // Printed in the documentation of this call, although there is nothing to count.
      reply.header('x-total', '1')
      return presentTag(tag)
    },
  )

  app.delete(
    tag,
    {
      config: {
        operation: 'codearts.deleteTag',
        codearts: { needs: 'delete-tag', action: 'codeartsrepo:repository:deleteTag' },
      },
      schema: { params, querystring: schemas.TagQuery },
    },
    async ({ codearts, codeartsProject: project, query }, reply) => {
      demandUnprotected(project, codearts.identity, query.tag_name)
      deleteTag(project, query.tag_name, { user: codearts.identity.user, vendor: 'codearts' })
      return reply.code(204).send()
    },
  )
}
