import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { matchesWildcard } from '../../forge/wildcard.ts'
import { refuseField } from './errors.ts'
import { presentProtectedTag, viewRule } from './present-protected-tag.ts'
import * as schemas from './protected-tag-schemas.ts'
import { effectOf } from './rule-grants.ts'
import { addRules, changeRules, findRule, removeRules } from './rule-store.ts'
import { RepositoryParams } from './schemas.ts'
import { searchFor } from './search.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ListProtectedTags.html and its neighbours */
export function registerProtectedTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const many = '/repositories/:repository_id/protected-tags'
  const one = '/repositories/:repository_id/protected-tag'
  const params = RepositoryParams
  const reads = { codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' } } as const
  const sets = { codearts: { needs: 'set', action: 'codeartsrepo:repository:setRepository' } } as const
  const present = (project: Project, rule: TagRule) => presentProtectedTag(viewRule(project, rule))

  app.get(
    many,
    {
      config: { operation: 'codearts.listProtectedTags', ...reads },
      schema: { params, querystring: schemas.ListRules, response: { 200: schemas.ProtectedTagList } },
    },
    async ({ codeartsProject: project, query: { search, offset, limit } }, reply) => {
      const keep = searchFor(search) ?? (() => true)
      const rules = project.tagRules.filter(({ pattern }) => keep(pattern)).sort((a, b) => a.id - b.id)
      reply.header('x-total', String(rules.length))
      return rules.slice(offset, offset + limit).map((rule) => present(project, rule))
    },
  )

  app.post(
    many,
    {
      config: { operation: 'codearts.createProtectedTag', ...sets },
      schema: { params, body: schemas.NamedRules, response: { 201: schemas.ProtectedTagList } },
    },
    async ({ codeartsProject: project, body: { names, actions } }, reply) => {
      for (const name of names) demandTags(project, name)
      const rules = addRules(project, names, effectOf(project, actions))
      reply.code(201)
      return rules.map((rule) => present(project, rule))
    },
  )

  app.put(
    many,
    {
      config: { operation: 'codearts.updateProtectedTags', ...sets },
      schema: { params, body: schemas.NamedRules, response: { 200: schemas.ProtectedTagList } },
    },
    async ({ codeartsProject: project, body: { names, actions } }) =>
      changeRules(project, names, effectOf(project, actions)).map((rule) => present(project, rule)),
  )

  app.post(
    `${many}/bulk-deletion`,
    {
      config: { operation: 'codearts.deleteProtectedTags', ...sets },
      schema: { params, body: schemas.RuleNames },
    },
    async ({ codeartsProject: project, body }, reply) => {
      removeRules(project, body.names)
      return reply.code(204).send()
    },
  )

  const querystring = schemas.RuleQuery
  app.get(
    one,
    {
      config: { operation: 'codearts.getProtectedTag', ...reads },
      schema: { params, querystring, response: { 200: schemas.ProtectedTag } },
    },
    async ({ codeartsProject: project, query }) => present(project, findRule(project, query.tag_name)),
  )

  app.put(
    one,
    {
      config: { operation: 'codearts.updateProtectedTag', ...sets },
      schema: { params, querystring, body: schemas.RuleActions, response: { 200: schemas.ProtectedTag } },
    },
    async ({ codeartsProject: project, query, body }) => {
      const { tag_name: name } = query
      findRule(project, name)
      changeRules(project, [name], effectOf(project, body))
      return present(project, findRule(project, name))
    },
  )

  app.delete(
    one,
    { config: { operation: 'codearts.deleteProtectedTag', ...sets }, schema: { params, querystring } },
    async (request, reply) => {
      removeRules(request.codeartsProject, [request.query.tag_name])
      // The documentation prints a body, which a 204 cannot have.
      return reply.code(204).send()
    },
  )
}

/** Throws CodeArtsError when no tag has the name, or fits the wildcard. */
function demandTags({ repository }: Project, pattern: string): void {
  for (const { name } of repository.tags.entries('name', 'asc')) {
    if (name === pattern || matchesWildcard(pattern, name, 'any-run')) return
  }
  refuseField('rule-without-tag', 'names', `No tag matches ${pattern}.`)
}
