import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { diffCommits } from '../../forge/file-diffs.ts'
import { getCommit, refsWith, statOf } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { collection } from './collection.ts'
import { commitPage } from './commit-list.ts'
import * as schemas from './commit-schemas.ts'
import { findCommit, presentListed } from './commit-view.ts'
import { message, refuse } from './errors.ts'
import { pageOf } from './page-of.ts'
import { PageQuery } from './page-schemas.ts'
import { presentCommit } from './present.ts'
import { presentDiff } from './present-diff.ts'
import type { Profile } from './profiles.ts'
import { sceneOf } from './tag-view.ts'

/** https://docs.gitlab.com/api/commits/ */
export function registerCommits(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { gitlab: { needs: 'code' } } as const
  const commits = '/projects/:id/repository/commits'

  for (const url of collection(commits)) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listCommits', ...config },
        schema: { querystring: schemas.ListCommits, response: { 200: schemas.CommitList } },
      },
      async (request, reply) => {
        const { gitlab, gitlabProject: project, query } = request
        const present = query.trailers ? presentCommit : presentListed
        return commitPage(request, reply, project, query).map((commit) => ({
          ...present(commit, sceneOf(project, gitlab)),
          ...(query.with_stats && { stats: statOf(project, commit.oid) }),
        }))
      },
    )
  }

  app.get(
    `${commits}/:sha`,
    {
      config: { operation: 'gitlab.getCommit', ...config },
      schema: {
        params: schemas.CommitParams,
        querystring: schemas.GetCommit,
        response: { 200: schemas.CommitDetail },
      },
    },
    async ({ gitlab, gitlabProject: project, params, query }) => {
      const commit = demandCommit(project, params.sha)
      return {
        ...presentCommit(commit, sceneOf(project, gitlab)),
        ...(query.stats && { stats: statOf(project, commit.oid) }),
        status: null,
        project_id: project.spec.id,
        last_pipeline: null,
      }
    },
  )

  app.get(
    `${commits}/:sha/refs`,
    {
      config: { operation: 'gitlab.listCommitRefs', ...config },
      schema: {
        params: schemas.CommitParams,
        querystring: schemas.ListRefs,
        response: { 200: schemas.RefList },
      },
    },
    async (request, reply) => {
      const { gitlabProject: project, params, query } = request
      const { oid } = demandCommit(project, params.sha)
      const branches = query.type === 'tag' ? [] : refsWith(project, oid, 'branches')
      const tags = query.type === 'branch' ? [] : refsWith(project, oid, 'tags')
      const refs = [
        ...branches.map((name) => ({ type: 'branch' as const, name })),
        ...tags.map((name) => ({ type: 'tag' as const, name })),
      ]
      return [...pageOf(request, reply, refs, query)]
    },
  )

  app.get(
    `${commits}/:sha/diff`,
    {
      config: { operation: 'gitlab.getCommitDiff', ...config },
      schema: {
        params: schemas.CommitParams,
        querystring: PageQuery,
        response: { 200: schemas.DiffList },
      },
    },
    async (request, reply) => {
      const { gitlabProject: project, params, query } = request
      const commit = demandCommit(project, params.sha)
      const [parent] = commit.parents
      const before = parent === undefined ? null : getCommit(project, parent)
      const files = diffCommits(project, before, commit)
      return pageOf(request, reply, files, query).map((file) => presentDiff(file, profile))
    },
  )
}

function demandCommit(project: Project, sha: string): Commit {
  return findCommit(project, sha) ?? refuse('commit-not-found', message(404, '404 Commit Not Found'))
}
