import type { FastifyReply, FastifyRequest } from 'fastify'
import { type RepositoryPath, situate } from './context.ts'
import type { FoundResource } from './resources.ts'
import { sendAnswer, sendRefusal } from './send.ts'

const REPOSITORY = /\/rest\/[^/]+\/1\.0\/projects\/(?<key>[^/]+)\/repos\/(?<slug>[^/]+)(?:\/|$)/

/** Answers what no route fits: `find` tells the resource of that path when it has other methods. */
export function answerUnknown(
  request: FastifyRequest,
  reply: FastifyReply,
  find: (path: string) => FoundResource | undefined,
): FastifyReply {
  const path = request.raw.url?.split('?', 1)[0] ?? ''
  // An address below a repository is one of the server that the repository is on, whatever follows.
  situate(request, repositoryOf(path))
  const found = find(path)
  if (!found) return sendRefusal(request, reply, 'unknown-route', { kind: 'status-document', status: 404 })
  const { feature } = found.endpoint
  if (feature && !request.bitbucket.profile[feature]) {
    return sendRefusal(request, reply, 'unknown-in-this-version', { kind: 'status-document', status: 404 })
  }
  const headers = { allow: found.allow }
  if (request.method === 'OPTIONS') return sendAnswer(request, reply, { kind: 'empty', status: 200, headers })
  return sendRefusal(request, reply, 'method-not-allowed', { kind: 'status-document', status: 405, headers })
}

function repositoryOf(path: string): RepositoryPath {
  const { key, slug } = REPOSITORY.exec(path)?.groups ?? {}
  if (key === undefined || slug === undefined) return {}
  return { key: decodeURIComponent(key), slug: decodeURIComponent(slug) }
}
