import type { FastifyRequest } from 'fastify'
import type { PeopledScene } from './present-commit.ts'

/** What presenters need to know of where a request came in. */
export function sceneOf({ bitbucket, forge }: FastifyRequest): PeopledScene {
  return { base: bitbucket.base, profile: bitbucket.profile, users: forge.world.users }
}
