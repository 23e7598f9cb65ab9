import type { FastifyInstance } from 'fastify'
import type { Forge } from '../../forge/forge.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { originOf } from '../origin.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions, MountedVendor } from './index.ts'

/** A project with its clone URLs by vendor. */
export interface ProjectUrls {
  readonly path: string
  readonly id: number
  readonly clone: Readonly<Record<string, string>>
}

/** `GET /addresses`: where to find each vendor, and each project's repository, in the world that the request addresses. */
export function registerAddresses(app: FastifyInstance, { vendors }: AdminOptions): void {
  app.get('/addresses', async (request) => {
    const url = originOf(request)
    return { url, vendors: vendorUrls(url, vendors) }
  })
  app.get<{ Params: { project: string } }>('/addresses/:project', async (request) => {
    const url = originOf(request)
    return { url, ...projectUrls(url, vendors, findSpec(request.forge, request.params.project)) }
  })
}

/** Each vendor's API below `url`, the address of a world. */
export function vendorUrls(url: string, vendors: readonly MountedVendor[]): Readonly<Record<string, string>> {
  const urls: Record<string, string> = {}
  for (const { id, basePath } of vendors) urls[id] = url + basePath
  return urls
}

export function projectUrls(url: string, vendors: readonly MountedVendor[], spec: ProjectSpec): ProjectUrls {
  const clone: Record<string, string> = {}
  for (const { id, clonePath } of vendors) if (clonePath) clone[id] = url + clonePath(spec)
  return { path: spec.path, id: spec.id, clone }
}

/** A project by path, ignoring case, or by id. Throws ControlPlaneError. */
export function findSpec(forge: Forge, project: string): ProjectSpec {
  const wanted = project.toLowerCase()
  const found = forge.specs.find(({ path, id }) => path.toLowerCase() === wanted || String(id) === wanted)
  return found ?? refuse(404, 'project-missing', `There is no project ${JSON.stringify(project)}.`)
}
