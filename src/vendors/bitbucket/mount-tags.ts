import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { speakBitbucket } from './speak.ts'
import { registerTags } from './tags.ts'

/** Registers the routes of tags alone. */
export async function mountBitbucketTags(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  await app.register(
    async (rest) => {
      speakBitbucket(rest, settings)
      registerTags(rest)
    },
    { prefix: '/rest' },
  )
}
