import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { deleteBranch, getBranch, listBranches } from '../../forge/branches.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Branch } from '../../forge/model.ts'
import { exception, refuse } from './answers.ts'
import { metadataOf } from './branch-metadata.ts'
import * as schemas from './branch-schemas.ts'
import { createBitbucketBranch } from './new-branch.ts'
import { effectivePage, MOST_REFS, pageOf } from './paging.ts'
import { presentBranch } from './present-commit.ts'
import { hasFilter } from './ref-lookup.ts'
import { sceneOf } from './scene.ts'
import { RepositoryParams } from './schemas.ts'

/** The branches of the core API, and creating and deleting them through the plugin `branch-utils`. */
export function registerBranches(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const branches = '/projects/:key/repos/:slug/branches'
  const params = RepositoryParams
  const write = { bitbucket: { needs: 'REPO_WRITE' } } as const

  app.get(
    `/api/1.0${branches}`,
    {
      config: { operation: 'bitbucket.listBranches', bitbucket: { needs: 'REPO_READ' } },
      schema: { params, querystring: schemas.ListBranches, response: { 200: schemas.BranchPage } },
    },
    async (request) => {
      const { bitbucketProject: project, query } = request
      const page = effectivePage(query, MOST_REFS)
      const text = query.filterText?.toLowerCase() ?? ''
      const isFiltered = text.trim() !== ''
      const isBoosted = isFiltered && query.boostMatches === true
      const { branches } = listBranches(project, {
        ...(query.orderBy === 'ALPHABETICAL'
          ? { order: 'name', direction: 'asc' }
          : { order: 'committed', direction: 'desc' }),
        offset: isBoosted ? 0 : page.start,
        limit: isBoosted ? Number.MAX_SAFE_INTEGER : page.limit + 1,
        ...(isFiltered && { keep: (name: string) => name.toLowerCase().includes(text) }),
      })
      const shown = isBoosted
        ? boost(branches, text).slice(page.start, page.start + page.limit + 1)
        : branches
      const scene = sceneOf(request)
      const values = shown.map((branch) => ({
        ...presentBranch(branch, branch.name === project.defaultBranch),
        ...(query.details && { metadata: metadataOf(project, branch, query.base, scene) }),
      }))
      return pageOf(values, page, { hasFilter: hasFilter(request) })
    },
  )

  app.post(
    `/api/1.0${branches}`,
    {
      config: { operation: 'bitbucket.createBranch', ...write },
      schema: { params, body: schemas.NewBranch, response: { 200: schemas.Branch } },
    },
    async ({ bitbucket, bitbucketProject: project, body }) => {
      const branch = createBitbucketBranch(project, signedIn(bitbucket.identity).user, body, {
        duplicate: 409,
        overlap: 400,
      })
      return presentBranch(branch, branch.name === project.defaultBranch)
    },
  )

  app.post(
    `/branch-utils/1.0${branches}`,
    {
      config: { operation: 'bitbucket.createBranchOfModel', ...write },
      schema: { params, body: schemas.NewBranch, response: { 201: schemas.Branch } },
    },
    async ({ bitbucket, bitbucketProject: project, body }, reply) => {
      const { user } = signedIn(bitbucket.identity)
      // This resource alone tells of a name that is taken as of a bad request, and of one that overlaps as of a conflict.
      const branch = createBitbucketBranch(project, user, body, { duplicate: 400, overlap: 409 })
      return reply.code(201).send(presentBranch(branch, branch.name === project.defaultBranch))
    },
  )

  app.delete(
    `/branch-utils/1.0${branches}`,
    {
      config: { operation: 'bitbucket.deleteBranch', ...write },
      schema: { params, body: schemas.DeletedBranch },
    },
    async ({ bitbucket, bitbucketProject: project, body }, reply) => {
      const name = body.name.replace(/^refs\/heads\//, '')
      const { commit } = getBranch(project, name)
      if (name === project.defaultBranch) refuse('default-branch-kept', defaultIsKept(name))
      if (body.endPoint && body.endPoint !== commit.oid) {
        fail('ref-changed', { ref: `refs/heads/${name}`, name })
      }
      if (!body.dryRun)
        deleteBranch(project, name, { user: signedIn(bitbucket.identity).user, vendor: 'bitbucket' })
      return reply.code(204).send()
    },
  )
}

/** Exact matches come first, then those that begin with the text, then the others; each as they were. */
function boost(branches: readonly Branch[], text: string): Branch[] {
  const rank = ({ name }: Branch): number => {
    if (name.toLowerCase() === text) return 0
    return name.toLowerCase().startsWith(text) ? 1 : 2
  }
  return [...branches].sort((a, b) => rank(a) - rank(b))
}

function defaultIsKept(name: string) {
  return exception(
    400,
    'validation.ArgumentValidationException',
    `'${name}' is the default branch and cannot be deleted.`,
  )
}
