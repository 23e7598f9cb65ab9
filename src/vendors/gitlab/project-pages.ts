import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProjectSpec } from '../../forge/spec.ts'
import { refuse } from './errors.ts'
import { pageOf } from './page-of.ts'
import { effectivePageSize, link } from './paging.ts'
import { presentBasicProject, presentProject } from './present-project.ts'
import { findProjects } from './project-list.ts'
import type { ListProjects } from './project-schemas.ts'
import { viewProject } from './project-view.ts'

/** One page of projects as the viewer sees them, its headers written. `among`: those that the list is about, all visible ones if absent. */
export async function projectPage(
  request: FastifyRequest,
  reply: FastifyReply,
  query: ListProjects,
  among?: readonly ProjectSpec[],
) {
  const { forge, gitlab } = request
  const found = await findProjects(forge, gitlab.identity, query, among)
  const isKeyset = gitlab.params.merged.pagination === 'keyset'
  const rows = isKeyset ? keysetPage(request, reply, query, found) : pageOf(request, reply, found, query)
  const views = await Promise.all(rows.map((spec) => viewProject(forge, spec, gitlab.identity)))
  const present = query.simple ? presentBasicProject : presentProject
  return views.map((view) => present(view, gitlab.base))
}

/** Keyset pages go by id; the next one begins after (or before) the last id of this one. */
function keysetPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { order_by, sort, per_page }: ListProjects,
  found: readonly ProjectSpec[],
): readonly ProjectSpec[] {
  if (order_by !== 'id')
    refuse('keyset-order-unsupported', {
      status: 405,
      body: { error: 'Keyset pagination is not yet available for this type of request' },
    })
  const rows = found.slice(0, effectivePageSize(per_page))
  const last = rows.at(-1)
  const cursor = sort === 'asc' ? 'id_after' : 'id_before'
  if (last) reply.header('link', link(request, { [cursor]: last.id }, 'next'))
  return rows
}
