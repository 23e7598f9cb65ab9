import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { dialects } from './generations.ts'
import { speakCodeArts } from './speak.ts'
import { registerTags } from './tags.ts'

/** Registers the routes of tags alone. */
export async function mountCodeArtsTags(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  await app.register(
    async (api) => {
      speakCodeArts(api, settings, dialects['/v4'])
      registerTags(api)
    },
    { prefix: '/v4' },
  )
}
