import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { getTag, listTags } from '../../forge/tags.ts'
import { PROJECT_CHANGE } from './auth.ts'
import { BAD_REQUEST, refuse } from './errors.ts'
import { JSON_TYPE, listType } from './media.ts'
import { createGitFlicTag } from './new-tag.ts'
import { PageQuery } from './page-schemas.ts'
import { offsetOf, pageRequest } from './paging.ts'
import { presentTag, viewTag } from './present.ts'
import type { Quirks } from './quirks.ts'
import * as schemas from './schemas.ts'
import { writeTag, writeTagPage } from './tag-json.ts'

/** https://docs.gitflic.ru/en/api/tag. There is no call that deletes a tag: git push does. */
export function registerTags(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/project/:ownerAlias/:projectAlias/tag'

  app.get(
    tags,
    {
      config: {
        operation: 'gitflic.listTags',
        isKept: true,
        gitflic: { scopes: ['PROJECT_READ'], needs: 'code' },
      },
      schema: {
        params: schemas.ProjectParams,
        querystring: PageQuery,
        response: { 200: schemas.TagPage },
      },
    },
    (request, reply) => {
      const { forge, gitflicProject, query } = request
      const page = pageRequest(query, quirks)
      const found = listTags(gitflicProject, {
        order: quirks.tagOrder,
        direction: quirks.tagOrder === 'name' ? 'asc' : 'desc',
        offset: offsetOf(page),
        limit: page.size,
      })
      // Bytes already: the type of an answer is for values.
      reply.type(listType(request)).send(writeTagPage(forge, found, page) as never)
    },
  )

  app.get(
    `${tags}/:tagName`,
    {
      config: { operation: 'gitflic.getTag', gitflic: { scopes: ['PROJECT_READ'], needs: 'code' } },
      schema: { params: schemas.TagParams, response: { 200: schemas.Tag } },
    },
    ({ forge, gitflicProject, params }, reply) => {
      if (quirks.tagGet400) refuse('tag-look-up-refused', BAD_REQUEST)
      reply.type(JSON_TYPE).send(writeTag(forge, getTag(gitflicProject, params.tagName)) as never)
    },
  )

  app.post(
    `${tags}/create`,
    {
      config: {
        operation: 'gitflic.createTag',
        gitflic: { scopes: PROJECT_CHANGE, needs: 'code', role: 'developer', writes: true },
      },
      schema: { params: schemas.ProjectParams, body: schemas.NewTag, response: { 200: schemas.Tag } },
    },
    async ({ forge, gitflic, gitflicProject, body }) =>
      presentTag(viewTag(forge, createGitFlicTag(gitflicProject, gitflic, body, quirks))),
  )
}
