import type { FastifyRequest } from 'fastify'
import type { Project } from '../../forge/project.ts'

/** The short name of the tag that an address means: its short name, or its full one after `refs/tags/`. */
export function findTag(project: Project, name: string): string | undefined {
  const { tags } = project.repository
  return [name, name.replace(/^refs\/tags\//, '')].find((candidate) => tags.has(candidate))
}

/** Whether pages carry `filter: null`, as the printed samples and perhaps the oldest servers have it. */
export function hasFilter({ bitbucket }: FastifyRequest): boolean {
  return bitbucket.quirks.has('pageFilter') && bitbucket.profile.name === '4.5.2'
}
