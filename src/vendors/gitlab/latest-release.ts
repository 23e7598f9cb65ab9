import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { mayReadCode } from '../../forge/access.ts'
import { rawQuery } from '../../http/origin.ts'
import { FORBIDDEN, refuse } from './errors.ts'
import { demandReleaseReader } from './release-view.ts'

/** `…/releases/permalink/latest`, since 15.4: a redirect to the release with the latest date, suffix and query kept. */
export function registerLatestRelease(app: FastifyInstance): void {
  const latest = '/projects/:id/releases/permalink/latest'
  const route = {
    config: { operation: 'gitlab.getLatestRelease', gitlab: { needs: 'project', jobToken: true } },
    preValidation: demandReleaseReader,
  } as const
  for (const url of [latest, `${latest}/*`]) {
    app.get(url, route, async (request, reply) => redirect(request, reply))
  }
}

function redirect(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { gitlab, gitlabProject: project } = request
  if (!mayReadCode(gitlab.identity, project.spec)) refuse('feature-hidden', FORBIDDEN)
  const [release] = [...project.releases.values()].sort((a, b) => b.releasedAt - a.releasedAt || b.id - a.id)
  if (!release) return fail('release-missing', { tag: 'latest' })
  const { '*': suffix } = request.params as { readonly '*'?: string }
  const below = suffix ? `/${suffix.split('/').map(encodeURIComponent).join('/')}` : ''
  const query = rawQuery(request)
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('order_by='))
    .join('&')
  const path = `/api/v4/projects/${project.spec.id}/releases/${encodeURIComponent(release.tag)}${below}`
  const target = `${gitlab.base.replace(/^[a-z]+:\/\/[^/]+/i, '')}${path}${query && `?${query}`}`
  return reply
    .code(302)
    .headers({ location: target, 'content-type': 'text/plain' })
    .send(`This resource has been moved temporarily to ${target}.`)
}
