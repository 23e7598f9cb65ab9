import type { FastifyInstance } from 'fastify'
import { ApplicationProperties } from './project-schemas.ts'

/** Which server this is; anybody may ask. Clients find out here who they are, from the answer's `X-AUSERNAME`. */
export function registerApplicationProperties(app: FastifyInstance): void {
  app.get(
    '/api/1.0/application-properties',
    {
      config: { operation: 'bitbucket.getApplicationProperties' },
      schema: { response: { 200: ApplicationProperties } },
    },
    async ({ bitbucket }) => {
      const { version, buildNumber, buildDate } = bitbucket.profile
      return { version, buildNumber, buildDate, displayName: 'Bitbucket' }
    },
  )
}
