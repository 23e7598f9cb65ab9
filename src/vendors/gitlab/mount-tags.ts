import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { addContext } from './context.ts'
import { addOptions } from './options.ts'
import { type Profile, profileNamed } from './profiles.ts'
import { registerSignature } from './signature.ts'
import { speakGitLab } from './speak.ts'
import { registerTagRelease } from './tag-release-routes.ts'
import { registerTags } from './tags.ts'

/** Registers the routes of tags alone. */
export async function mountGitLabTags(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  const profile = profileNamed(settings.profile)
  await app.register(
    async (api) => {
      speakGitLab(api)
      await api.register(
        async (v4) => {
          addOptions(v4)
          addContext(v4, profile, settings)
          registerTagRoutes(v4, profile)
        },
        { prefix: '/v4' },
      )
    },
    { prefix: '/api' },
  )
}

/** All routes at or below the tags of a project. */
export function registerTagRoutes(v4: FastifyInstance, profile: Profile): void {
  registerTags(v4, profile)
  if (profile.hasTagRelease) registerTagRelease(v4)
  if (profile.hasSignature) registerSignature(v4, profile)
}
