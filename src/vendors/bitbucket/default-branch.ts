import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { branchNameRule } from '../../forge/branches.ts'
import type { Project } from '../../forge/project.ts'
import { refuse } from './answers.ts'
import * as schemas from './branch-schemas.ts'
import { invalidRefName, noDefaultBranch } from './errors.ts'
import { presentBranch, presentMinimalBranch } from './present-commit.ts'
import type { Profile } from './profiles.ts'
import { RepositoryParams } from './schemas.ts'

/** The default branch, under its deprecated address and under the one of 7.5 and later. */
export function registerDefaultBranch(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const repository = '/api/1.0/projects/:key/repos/:slug'
  const params = RepositoryParams
  const instead = (method: string) =>
    profile.hasDefaultBranch && {
      deprecated: { since: '7.5', use: `${method} /rest${repository}/default-branch` },
    }

  app.get(
    `${repository}/branches/default`,
    {
      config: { operation: 'bitbucket.getDefaultBranch', bitbucket: { needs: 'REPO_READ' } },
      schema: { params, response: { 200: schemas.Branch, 204: schemas.NoBody }, ...instead('GET') },
    },
    async ({ bitbucket, bitbucketProject: project }, reply) => {
      const branch = project.repository.branch(project.defaultBranch)
      if (branch) return presentBranch(branch, true)
      if (bitbucket.profile.unbornDefault === 404) throw noDefaultBranch(project)
      return reply.code(204).send(null)
    },
  )

  app.get(
    `${repository}/default-branch`,
    {
      config: {
        operation: 'bitbucket.getDefaultBranchOfModel',
        bitbucket: { needs: 'REPO_READ', feature: 'hasDefaultBranch' },
      },
      schema: { params, response: { 200: schemas.MinimalRef } },
    },
    async ({ bitbucketProject: project }) => presentMinimalBranch(project.defaultBranch),
  )

  const body = schemas.DefaultBranchId
  app.put(
    `${repository}/branches/default`,
    {
      config: { operation: 'bitbucket.setDefaultBranch', bitbucket: { needs: 'REPO_ADMIN' } },
      schema: { params, body, ...instead('PUT') },
    },
    async ({ bitbucketProject: project, body: { id } }, reply) => {
      setDefaultBranch(project, id)
      return reply.code(204).send()
    },
  )
  app.put(
    `${repository}/default-branch`,
    {
      config: {
        operation: 'bitbucket.setDefaultBranchOfModel',
        bitbucket: { needs: 'REPO_ADMIN', feature: 'hasDefaultBranch' },
      },
      schema: { params, body },
    },
    async ({ bitbucketProject: project, body: { id } }, reply) => {
      setDefaultBranch(project, id)
      return reply.code(204).send()
    },
  )
}

/** The branch need not exist. */
function setDefaultBranch(project: Project, id: string): void {
  const name = id.replace(/^refs\/heads\//, '')
  const isOther = id.startsWith('refs/') && !id.startsWith('refs/heads/')
  if (isOther || name.startsWith('-') || branchNameRule(name) !== null) {
    refuse('branch-name-invalid', invalidRefName(`'${id}' is an invalid branch name.`))
  }
  project.repository.head = `refs/heads/${name}`
}
