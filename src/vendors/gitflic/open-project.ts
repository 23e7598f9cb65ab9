import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { demandRole, demandWrite, mayReadCode, maySee } from '../../forge/access.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { tabulate } from '../../forge/table.ts'
import { type Soon, whenThere } from '../../http/soon.ts'
import { demandScope } from './auth.ts'
import type { Endpoint } from './context.ts'

const specOfPath = tabulate((spec: ProjectSpec) => [spec.path])

/**
 * The project of the path, spelled exactly, once the caller may do with it what the call does. A private project is no
 * secret to strangers: they are refused, not told that there is none. Throws `project-missing`, then `scope-missing`,
 * `project-hidden`, `role-too-low`, `project-archived`, `feature-hidden`, then `repository-missing`.
 */
export function openProject(request: FastifyRequest, endpoint: Endpoint): Soon<Project> {
  const { ownerAlias, projectAlias } = request.params as { ownerAlias: string; projectAlias: string }
  const path = `${ownerAlias}/${projectAlias}`
  const { forge } = request
  const spec = specOfPath(forge.specs, path)
  if (!spec) return fail('project-missing', { project: path })
  const { gitflic: identity } = request
  demandScope(identity, endpoint.scopes)
  if (!maySee(identity, spec)) fail('project-hidden', { project: path })
  if (endpoint.role && endpoint.writes) demandWrite(identity, spec, endpoint.role)
  else if (endpoint.role) demandRole(identity, spec, endpoint.role)
  if (endpoint.needs === 'code' && !mayReadCode(identity, spec))
    fail('feature-hidden', { project: path, feature: 'repository' })
  return whenThere(forge.opened(spec.id) ?? forge.open(spec), (project) => {
    if (!project.hasRepository) fail('repository-missing', { project: path })
    return project
  })
}
