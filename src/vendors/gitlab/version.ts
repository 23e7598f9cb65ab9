import type { FastifyInstance } from 'fastify'
import type { Profile } from './profiles.ts'
import { Version } from './version-schemas.ts'

const SCOPES = ['api', 'read_api', 'read_user']

/** https://docs.gitlab.com/api/metadata/ and https://docs.gitlab.com/api/version/ */
export function registerVersion(app: FastifyInstance, profile: Profile): void {
  const { version, revision } = profile
  const metadata = {
    version,
    revision,
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: version.endsWith('-ee'),
  }
  const gitlab = { user: true, scopes: SCOPES }
  const schema = { response: { 200: Version } }
  // The old route has been another name of the new one since 15.2; its printed page still shows two keys.
  const isAlias = profile.hasMetadata && !profile.isDocumented
  app.get('/version', { config: { operation: 'gitlab.getVersion', gitlab }, schema }, async () =>
    isAlias ? metadata : { version, revision },
  )
  if (profile.hasMetadata)
    app.get(
      '/metadata',
      { config: { operation: 'gitlab.getMetadata', gitlab }, schema },
      async () => metadata,
    )
}
