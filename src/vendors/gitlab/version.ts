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
  const route = {
    config: { gitlab: { user: true, scopes: SCOPES } },
    schema: { response: { 200: Version } },
  }
  // The old route has been another name of the new one since 15.2; its printed page still shows two keys.
  const isAlias = profile.hasMetadata && !profile.isDocumented
  app.get('/version', route, async () => (isAlias ? metadata : { version, revision }))
  if (profile.hasMetadata) app.get('/metadata', route, async () => metadata)
}
