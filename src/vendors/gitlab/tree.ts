import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { type FolderEntry, listFolder } from '../../forge/files.ts'
import { collection } from './collection.ts'
import { findCommit } from './commit-view.ts'
import { message, refuse } from './errors.ts'
import { ListTree, Tree } from './file-schemas.ts'
import { pageOf } from './page-of.ts'
import type { Profile } from './profiles.ts'

/** Folders come first, then files, then submodules, each in git's order. */
const RANK: Readonly<Record<FolderEntry['type'], number>> = { tree: 0, blob: 1, commit: 2 }

/** https://docs.gitlab.com/api/repositories/#list-repository-tree */
export function registerTree(instance: FastifyInstance, { hasMetadata: isRecent }: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  for (const url of collection('/projects/:id/repository/tree')) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listTree', gitlab: { needs: 'code' } },
        schema: { querystring: ListTree, response: { 200: Tree } },
      },
      async (request, reply) => {
        const { gitlabProject: project, query } = request
        const commit = findCommit(project, query.ref?.trim() ? query.ref : project.defaultBranch)
        if (!commit) return refuse('tree-not-found', message(404, '404 Tree Not Found'))
        const entries = listFolder(project, commit, query.path ?? '', query.recursive)
        // Older servers took a path that is not there for an empty folder.
        if (!entries && isRecent)
          return refuse('path-not-found', message(404, '404 invalid revision or path Not Found'))
        const sorted = [...(entries ?? [])].sort((a, b) => RANK[a.type] - RANK[b.type])
        return pageOf(request, reply, sorted, query).map(({ oid, name, type, path, mode }) => ({
          id: oid,
          name,
          type,
          path,
          mode,
        }))
      },
    )
  }
}
