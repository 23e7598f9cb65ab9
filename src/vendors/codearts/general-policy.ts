import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { policyOf, setPolicy } from './policy.ts'
import { Policy, PolicyChange } from './policy-schemas.ts'
import { RepositoryParams } from './schemas.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ShowRepositoryGeneralPolicy.html and its neighbour */
export function registerGeneralPolicy(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const url = '/repositories/:repository_id/general-policy'

  app.get(
    url,
    {
      config: {
        operation: 'codearts.getGeneralPolicy',
        codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' },
      },
      schema: { params: RepositoryParams, response: { 200: Policy } },
    },
    async ({ codeartsProject: project }) => policyOf(project),
  )

  app.put(
    url,
    {
      config: {
        operation: 'codearts.setGeneralPolicy',
        codearts: { needs: 'set', action: 'codeartsrepo:repository:setRepository' },
      },
      schema: { params: RepositoryParams, body: PolicyChange, response: { 200: Policy } },
    },
    async ({ codeartsProject: project, body }) => {
      setPolicy(project, { ...policyOf(project), ...body })
      return policyOf(project)
    },
  )
}
