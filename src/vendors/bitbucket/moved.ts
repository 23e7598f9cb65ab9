import type { FastifyRequest } from 'fastify'
import type { ProjectSpec } from '../../forge/spec.ts'
import { keyOf, slugOf } from './naming.ts'

/** The project that used to have this address, if any. */
export function findMoved({ forge }: FastifyRequest, key: string, slug: string): ProjectSpec | undefined {
  const former = `${key.replace(/^~/, '')}/${slug}`.toLowerCase()
  return forge.specs.find((spec) => spec.movedFrom.some((path) => path.toLowerCase() === former))
}

/** The address of a request with the repository where it is now. */
export function addressNow(request: FastifyRequest, spec: ProjectSpec): string {
  const place = `/projects/${keyOf(spec.owner)}/repos/${slugOf(spec)}`
  const below = (request.raw.url ?? '').slice((request.raw.url ?? '').indexOf('/rest/'))
  return request.bitbucket.base + below.replace(/\/projects\/[^/]+\/repos\/[^/?]+/, () => place)
}
