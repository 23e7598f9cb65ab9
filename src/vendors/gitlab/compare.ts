import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { diffCommits } from '../../forge/file-diffs.ts'
import { getCommit, listCommits, mergeBase } from '../../forge/history.ts'
import { Compare, Comparison } from './commit-schemas.ts'
import { findCommit, presentListed } from './commit-view.ts'
import { message, refuse } from './errors.ts'
import { presentDiff } from './present-diff.ts'
import type { Profile } from './profiles.ts'
import { sceneOf } from './tag-view.ts'

/** https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits */
export function registerCompare(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    '/projects/:id/repository/compare',
    {
      config: { operation: 'gitlab.compare', gitlab: { needs: 'code' } },
      schema: { querystring: Compare, response: { 200: Comparison } },
    },
    async ({ gitlab, gitlabProject: project, query }) => {
      const scene = sceneOf(project, gitlab)
      const from = findCommit(project, query.from)
      const to = findCommit(project, query.to)
      if (!from || !to) return refuse('compare-ref-unknown', message(404, '404 Ref Not Found'))
      const shared = query.straight ? from.oid : mergeBase(project, from.oid, to.oid)
      const base = shared === null ? from : getCommit(project, shared)
      // Oldest first, unlike every other list of commits.
      const commits = listCommits(project, { tips: [to.oid], exclude: [from.oid] })
        .reverse()
        .map((commit) => presentListed(commit, scene))
      return {
        commit: commits.at(-1) ?? null,
        commits,
        diffs: diffCommits(project, base, to).map((file) => presentDiff(file, profile)),
        compare_timeout: false,
        compare_same_ref: from.oid === to.oid,
        web_url: `${scene.projectUrl}/-/compare/${base.oid}...${to.oid}`,
      }
    },
  )
}
