import { createHash } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type FileContent, readFile } from '../../forge/files.ts'
import { listCommits } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { findCommit } from './commit-view.ts'
import { message, refuse } from './errors.ts'
import * as schemas from './file-schemas.ts'

/** https://docs.gitlab.com/api/repository_files/ — reading only. */
export function registerFiles(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { gitlab: { needs: 'code' } } as const
  const file = '/projects/:id/repository/files/:file_path'

  app.get(
    file,
    {
      config: { operation: 'gitlab.getFile', ...config },
      schema: {
        params: schemas.FileParams,
        querystring: schemas.GetFile,
        response: { 200: schemas.File },
      },
    },
    async ({ gitlabProject: project, params, query }, reply) => {
      const { facts, data } = findFile(project, params.file_path, query.ref)
      writeHeaders(reply, facts)
      return { ...facts, content: data.toString('base64') }
    },
  )

  app.get(
    `${file}/raw`,
    {
      config: { operation: 'gitlab.getRawFile', ...config },
      schema: { params: schemas.FileParams, querystring: schemas.GetRawFile },
    },
    async ({ gitlabProject: project, params, query }, reply) => {
      const { facts, data } = findFile(project, params.file_path, query.ref ?? 'HEAD')
      writeHeaders(reply, facts)
      return reply
        .header('content-disposition', `inline; filename="${encodeURIComponent(facts.file_name)}"`)
        .type('text/plain; charset=utf-8')
        .send(data)
    },
  )
}

interface Found {
  readonly facts: schemas.FileFacts
  readonly data: Buffer
}

function findFile(project: Project, path: string, ref: string): Found {
  const commit = findCommit(project, ref) ?? refuse('commit-not-found', message(404, '404 Commit Not Found'))
  const file = readFile(project, commit, path) ?? refuse('file-not-found', message(404, '404 File Not Found'))
  return { facts: describe(project, commit, file, ref), data: file.data }
}

function describe(project: Project, commit: Commit, file: FileContent, ref: string): schemas.FileFacts {
  const [last] = listCommits(project, { tips: [commit.oid], path: file.path, limit: 1 })
  return {
    file_name: file.name,
    file_path: file.path,
    size: file.data.length,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(file.data).digest('hex'),
    ref,
    blob_id: file.oid,
    commit_id: commit.oid,
    last_commit_id: last?.oid ?? commit.oid,
    execute_filemode: file.mode === '100755',
  }
}

/** lib/api/helpers/headers_helpers.rb: `X-Gitlab-File-Name` and so on, of everything but the content. */
function writeHeaders(reply: FastifyReply, facts: schemas.FileFacts): void {
  for (const [key, value] of Object.entries(facts)) {
    // A header holds Latin-1 only; GitLab escapes such names as well.
    const text = /^[\x20-\x7e]*$/.test(String(value)) ? String(value) : encodeURIComponent(String(value))
    reply.header(`x-gitlab-${key.replaceAll('_', '-')}`, text)
  }
}
