import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { deleteTag, getTag } from '../../forge/tags.ts'
import { JSON_TYPE } from './headers.ts'
import { createCodeArtsTag } from './new-tag.ts'
import { presentTag } from './present.ts'
import { demandUnprotected } from './rules.ts'
import * as schemas from './schemas.ts'
import { writeTag, writeTags } from './tag-json.ts'
import { findTags } from './tag-list.ts'

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
      config: { operation: 'codearts.listTags', isKept: true, codearts: reads },
      schema: { params, querystring: schemas.ListTags, response: { 200: schemas.TagList } },
    },
    ({ codearts, codeartsProject: project, query }, reply) => {
      const { tags, total } = findTags(project, query)
      // Bytes already: the type of an answer is for values.
      reply
        .header('x-total', String(total))
        .header('content-type', JSON_TYPE)
        .send(writeTags(project, tags, codearts, query.view !== 'simple') as never)
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
      config: { operation: 'codearts.getTag', isKept: true, codearts: reads },
      schema: { params, querystring: schemas.TagQuery, response: { 200: schemas.Tag } },
    },
    ({ codeartsProject: project, query }, reply) => {
      const tag = getTag(project, query.tag_name)
      // Printed in the documentation of this call, although there is nothing to count.
      reply
        .header('x-total', '1')
        .header('content-type', JSON_TYPE)
        .send(writeTag(tag) as never)
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
