import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { deleteTag } from '../../forge/tags.ts'
import { envelop } from './envelope.ts'
import * as legacy from './legacy-schemas.ts'
import { createCodeArtsTag } from './new-tag.ts'
import { messageOf } from './present.ts'
import { presentLegacyCommit } from './present-legacy.ts'
import { demandUnprotected } from './rules.ts'
import * as schemas from './schemas.ts'

/** The v2 generation of the tag calls. https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/AddTagV2.html */
export function registerLegacyTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/repositories/:repository_id/tags'
  const params = schemas.RepositoryParams

  app.get(
    tags,
    {
      config: { operation: 'codearts.listTagsV2', isKept: true, codearts: { needs: 'read' } },
      schema: {
        params,
        response: { 200: legacy.TagNames },
        deprecated: { use: 'GET /v4/repositories/:repository_id/repository/tags' },
      },
    },
    async ({ codeartsProject: project }) => {
      const { tags, heads } = project.repository
      const names = Array.from(tags.entries('committed', 'desc'), ({ name }) => name)
      return envelop({
        total: names.length,
        tags: names.map((name) => ({ name, is_double_name: heads.has(name) })),
      })
    },
  )

  app.post(
    tags,
    {
      config: { operation: 'codearts.createTagV2', codearts: { needs: 'write' } },
      schema: {
        params,
        body: schemas.NewTag,
        response: { 200: legacy.CreatedTag },
        deprecated: { use: 'POST /v4/repositories/:repository_id/repository/tags' },
      },
    },
    async ({ codearts, codeartsProject: project, body }) => {
      const tag = createCodeArtsTag(project, codearts.identity, body)
      const commit = tag.commit ?? fail('object-missing', { oid: tag.peeled })
      return envelop({ name: tag.name, message: messageOf(tag), commit: presentLegacyCommit(commit) })
    },
  )

  // Not documented, but a client uses it and says that it works.
  app.delete(
    `${tags}/:tag_name`,
    {
      config: { operation: 'codearts.deleteTagV2', codearts: { needs: 'delete-tag' } },
      schema: {
        params: legacy.TagParams,
        response: { 200: legacy.TextResult },
        deprecated: { use: 'DELETE /v4/repositories/:repository_id/repository/tag?tag_name=' },
      },
    },
    async ({ codearts, codeartsProject: project, params: { tag_name: name } }) => {
      demandUnprotected(project, codearts.identity, name)
      deleteTag(project, name, { user: codearts.identity.user, vendor: 'codearts' })
      return envelop(name)
    },
  )
}
