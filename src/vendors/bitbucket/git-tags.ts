import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { signedIn } from '../../forge/identity.ts'
import { deleteTag, getTag } from '../../forge/tags.ts'
import { exception, refuse } from './answers.ts'
import { fullName } from './naming.ts'
import { createBitbucketTag } from './new-tag.ts'
import { effectivePage, pageOf } from './paging.ts'
import { presentTag } from './present.ts'
import { findTag, hasFilter } from './ref-lookup.ts'
import * as schemas from './schemas.ts'
import { indexedTags, rememberDeleted } from './tag-index.ts'

/** The tags of the Git plugin: creating with force and type, and deleting, which the core API does not. */
export function registerGitTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const tags = '/git/1.0/projects/:key/repos/:slug/tags'

  app.post(
    tags,
    {
      config: { operation: 'bitbucket.createGitTag', bitbucket: { needs: 'REPO_WRITE' } },
      schema: { params: schemas.RepositoryParams, body: schemas.NewGitTag, response: { 201: schemas.Tag } },
    },
    async ({ bitbucket, bitbucketProject: project, body }, reply) => {
      const { user } = signedIn(bitbucket.identity)
      const message = messageOf(body)
      const tag = createBitbucketTag(project, user, { ...body, message, force: body.force ?? false })
      return reply.code(201).send(presentTag(tag))
    },
  )

  app.delete(
    `${tags}/*`,
    {
      config: { operation: 'bitbucket.deleteTag', bitbucket: { needs: 'REPO_WRITE' } },
      schema: { params: schemas.RefParams },
    },
    async ({ bitbucket, bitbucketProject: project, params }, reply) => {
      if (project.repository.isEmpty)
        refuse('repository-empty-on-delete', emptyRepository(fullName(project.spec)))
      const name = findTag(project, params['*'])
      if (name === undefined) {
        return fail('ref-missing', { ref: `refs/tags/${params['*']}`, name: params['*'] })
      }
      const tag = getTag(project, name)
      deleteTag(project, name, { user: signedIn(bitbucket.identity).user, vendor: 'bitbucket' })
      if (!bitbucket.profile.forgetsDeletedTags) rememberDeleted(project, tag)
      return reply.code(204).send()
    },
  )

  // What the pages of the server show of tags; nothing documented.
  app.get(
    '/tags/1.0/projects/:key/repos/:slug/tags',
    {
      config: { operation: 'bitbucket.listTagMatches', bitbucket: { needs: 'REPO_READ' } },
      schema: {
        params: schemas.RepositoryParams,
        querystring: schemas.IndexedTags,
        response: { 200: schemas.TagPage },
      },
    },
    async (request) => {
      const { bitbucketProject: project, query } = request
      const page = effectivePage(query)
      const shown = indexedTags(project).filter(
        ({ peeled }) => query.commitId.length === 0 || query.commitId.includes(peeled),
      )
      const values = shown.slice(page.start, page.start + page.limit + 1).map(presentTag)
      return pageOf(values, page, { hasFilter: hasFilter(request) })
    },
  )
}

/** A lightweight tag has no place for a message, and git would open an editor for an annotated one without. */
function messageOf({ type, message = '' }: schemas.NewGitTag): string | null {
  const isBlank = message.trim() === ''
  if (type === 'LIGHTWEIGHT' || (type === undefined && isBlank)) return null
  if (!isBlank) return message
  return refuse(
    'annotated-without-message',
    exception(
      400,
      'validation.ArgumentValidationException',
      'A message is required to create an annotated tag.',
    ),
  )
}

function emptyRepository(name: string) {
  return exception(400, 'validation.ArgumentValidationException', `Repository ${name} is empty.`)
}
