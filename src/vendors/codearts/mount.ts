import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { registerCompare } from './compare.ts'
import { registerGeneralPolicy } from './general-policy.ts'
import { dialects, type Root } from './generations.ts'
import { registerHooks } from './hooks.ts'
import { registerIam } from './iam.ts'
import { registerLegacyHooks } from './legacy-hooks.ts'
import { registerLegacyNeighbours, registerOldestBranches } from './legacy-neighbours.ts'
import { registerLegacyProtectedTags } from './legacy-protected-tags.ts'
import { registerLegacyTags } from './legacy-tags.ts'
import { registerProtectedTags } from './protected-tags.ts'
import { registerRefs } from './refs.ts'
import { registerRepositories } from './repositories.ts'
import { speakCodeArts } from './speak.ts'
import { registerTags } from './tags.ts'

const generations: Readonly<Record<Root, readonly ((app: FastifyInstance) => void)[]>> = {
  '/v4': [
    registerTags,
    registerProtectedTags,
    registerRefs,
    registerCommits,
    registerBranches,
    registerCompare,
    registerRepositories,
    registerHooks,
    registerGeneralPolicy,
  ],
  '/v3': [registerIam],
  '/v2': [registerLegacyTags, registerLegacyProtectedTags, registerLegacyNeighbours],
  '/v1': [registerOldestBranches, registerLegacyHooks],
}

/** Registers all routes; loaded with the first request for one of them. */
export async function mountCodeArts(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  for (const [root, parts] of Object.entries(generations)) {
    await app.register(
      async (api) => {
        speakCodeArts(api, settings, dialects[root as Root])
        for (const register of parts) register(api)
      },
      { prefix: root },
    )
  }
}
