import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { demandRole, demandWrite } from '../../forge/access.ts'
import type { TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { collection } from './collection.ts'
import { demandUnmodified } from './conditional.ts'
import { message, refuse } from './errors.ts'
import { pageOf } from './page-of.ts'
import { PageQuery } from './page-schemas.ts'
import { levelOf, presentProtectedTag } from './present-protected-tag.ts'
import * as schemas from './protected-tag-schemas.ts'

/** https://docs.gitlab.com/api/protected_tags/ */
export function registerProtectedTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const rules = '/projects/:id/protected_tags'
  const config = { gitlab: { needs: 'project' } } as const

  for (const url of collection(rules)) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listProtectedTags', ...config },
        preValidation: demandReader,
        schema: { querystring: PageQuery, response: { 200: schemas.ProtectedTagList } },
      },
      async (request, reply) => {
        const sorted = [...request.gitlabProject.tagRules].sort((a, b) => a.id - b.id)
        return pageOf(request, reply, sorted, request.query).map(presentProtectedTag)
      },
    )

    app.post(
      url,
      {
        config: { operation: 'gitlab.protectTag', ...config },
        preValidation: demandWriter,
        schema: { body: schemas.NewProtectedTag, response: { 201: schemas.ProtectedTag } },
      },
      async ({ gitlabProject: project, body }, reply) => {
        const rule = addRule(project, body.name, levelOf(body.create_access_level))
        reply.code(201)
        return presentProtectedTag(rule)
      },
    )
  }

  app.get(
    `${rules}/:name`,
    {
      config: { operation: 'gitlab.getProtectedTag', ...config },
      preValidation: demandReader,
      schema: { params: schemas.ProtectedTagParams, response: { 200: schemas.ProtectedTag } },
    },
    async ({ gitlabProject: project, params }) => presentProtectedTag(findRule(project, params.name)),
  )

  app.delete(
    `${rules}/:name`,
    {
      config: { operation: 'gitlab.unprotectTag', ...config },
      preValidation: demandWriter,
      schema: { params: schemas.ProtectedTagParams },
    },
    async (request, reply) => {
      const { gitlabProject: project, params } = request
      const rule = findRule(project, params.name)
      demandUnmodified(request, rule.updatedAt)
      project.tagRules = project.tagRules.filter(({ id }) => id !== rule.id)
      return reply.code(204).send()
    },
  )
}

/** Only maintainers may even look, and that is decided before the parameters are. */
async function demandReader({ gitlab, gitlabProject }: FastifyRequest): Promise<void> {
  demandRole(gitlab.identity, gitlabProject.spec, 'maintainer')
}

async function demandWriter({ gitlab, gitlabProject }: FastifyRequest): Promise<void> {
  demandWrite(gitlab.identity, gitlabProject.spec, 'maintainer')
}

/** By the stored pattern, letter by letter. Throws `rule-missing`. */
function findRule(project: Project, name: string): TagRule {
  return project.tagRules.find((rule) => rule.pattern === name) ?? fail('rule-missing', { rule: name })
}

/** Throws `rule-exists`. */
function addRule(project: Project, pattern: string, create: TagRule['create']): TagRule {
  if (pattern.trim() === '') refuse('protected-tag-name-blank', message(422, ["Name can't be blank"]))
  if (project.tagRules.some((rule) => rule.pattern === pattern)) fail('rule-exists', { pattern })
  const { clock } = project.forge
  const rule: TagRule = { id: project.forge.nextId('rule'), pattern, create, updatedAt: clock.now() }
  project.tagRules = [...project.tagRules, rule]
  return rule
}
