import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Forge } from '../../forge/forge.ts'
import type { Tag } from '../../forge/model.ts'
import { getTag, listTags } from '../../forge/tags.ts'
import { PROJECT_CHANGE } from './auth.ts'
import { BAD_REQUEST, refuse } from './errors.ts'
import { createGitFlicTag } from './new-tag.ts'
import { PageQuery } from './page-schemas.ts'
import { offsetOf, pageRequest, sendPage } from './paging.ts'
import { personOf } from './people.ts'
import { presentTag, type TagView } from './present.ts'
import type { Quirks } from './quirks.ts'
import * as schemas from './schemas.ts'

/** https://docs.gitflic.ru/en/api/tag. There is no call that deletes a tag: git push does. */
export function registerTags(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/project/:ownerAlias/:projectAlias/tag'

  app.get(
    tags,
    {
      config: { operation: 'gitflic.listTags', gitflic: { scopes: ['PROJECT_READ'], needs: 'code' } },
      schema: {
        params: schemas.ProjectParams,
        querystring: PageQuery,
        response: { 200: schemas.TagPage },
      },
    },
    async ({ forge, gitflicProject, query }, reply) => {
      const page = pageRequest(query, quirks)
      const found = listTags(gitflicProject, {
        order: quirks.tagOrder,
        direction: quirks.tagOrder === 'name' ? 'asc' : 'desc',
        offset: offsetOf(page),
        limit: page.size,
      })
      const items = found.tags.map((tag) => presentTag(viewTag(forge, tag)))
      return sendPage(reply, 'tagList', items, found.total, page)
    },
  )

  app.get(
    `${tags}/:tagName`,
    {
      config: { operation: 'gitflic.getTag', gitflic: { scopes: ['PROJECT_READ'], needs: 'code' } },
      schema: { params: schemas.TagParams, response: { 200: schemas.Tag } },
    },
    async ({ forge, gitflicProject, params }) => {
      if (quirks.tagGet400) refuse(BAD_REQUEST)
      return presentTag(viewTag(forge, getTag(gitflicProject, params.tagName)))
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

function viewTag(forge: Forge, tag: Tag): TagView {
  const tagger = tag.annotation?.tagger
  return { tag, tagger: tagger ? personOf(forge, tagger) : null }
}
