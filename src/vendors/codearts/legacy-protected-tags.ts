import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { RuleLevel } from '../../forge/model.ts'
import { envelop } from './envelope.ts'
import * as legacy from './legacy-schemas.ts'
import { addRules, removeRules } from './rule-store.ts'
import { RepositoryParams } from './schemas.ts'

type AccessLevel = legacy.NewRule['create_access_level']

const LEVELS: Readonly<Record<AccessLevel, { readonly level: RuleLevel; readonly description: string }>> = {
  0: { level: 'nobody', description: 'No one' },
  30: { level: 'developer', description: 'Developers + Committer + Maintainers' },
  40: { level: 'maintainer', description: 'Maintainers' },
}

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/CreateProtectedTags.html */
export function registerLegacyProtectedTags(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const rules = '/repositories/:repository_id/protected-tags'
  const config = { codearts: { needs: 'set' } } as const

  app.post(
    rules,
    {
      config: { operation: 'codearts.createProtectedTagV2', ...config },
      schema: {
        params: RepositoryParams,
        body: legacy.NewRule,
        response: { 200: legacy.Rule },
        deprecated: { use: 'POST /v4/repositories/:repository_id/protected-tags' },
      },
    },
    async ({ codeartsProject: project, body: { name, create_access_level: access_level } }) => {
      const { level, description } = LEVELS[access_level]
      addRules(project, [name], { create: level })
      return envelop({
        name,
        // One object, where GitLab has a list.
        create_access_levels: { access_level, access_level_description: description },
      })
    },
  )

  app.delete(
    `${rules}/:name`,
    {
      config: { operation: 'codearts.deleteProtectedTagV2', ...config },
      schema: {
        params: legacy.RuleParams,
        response: { 200: legacy.TextResult },
        deprecated: { use: 'DELETE /v4/repositories/:repository_id/protected-tag' },
      },
    },
    async ({ codeartsProject: project, params }) => {
      removeRules(project, [params.name])
      return envelop(String(project.spec.id))
    },
  )
}
