import { join } from 'node:path'

/** How the servers that we measure are started: options of `startServer` without the question that is asked. */

/** The packaged executable, without a line of log for each request. */
export function ourServer(root, ...flags) {
  return {
    args: (port) => [join(root, 'dist/cli.js'), '--port', String(port), '--log-level', 'silent', ...flags],
  }
}

/** A server of bench/rivals. */
export function rival(root, name, ...words) {
  return { args: (port) => [join(root, 'bench/rivals', `${name}.mjs`), String(port), ...words] }
}

/** What is asked of each vendor: 20 tags in its default order, as somebody who may see them. */
export const lists = {
  gitlab: {
    path: '/api/v4/projects/1/repository/tags?per_page=20',
    headers: { 'private-token': 'ada-token' },
    query: {
      page: { type: 'integer', minimum: 1, default: 1 },
      per_page: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      order_by: { enum: ['name', 'updated', 'version'], default: 'updated' },
      sort: { enum: ['asc', 'desc'], default: 'desc' },
      search: { type: 'string' },
    },
  },
  bitbucket: {
    path: '/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=20',
    headers: { authorization: 'Bearer ada-token' },
    query: {
      start: { type: 'integer', minimum: 0, default: 0 },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 25 },
      orderBy: { enum: ['ALPHABETICAL', 'MODIFICATION'], default: 'MODIFICATION' },
      filterText: { type: 'string' },
    },
  },
  gitflic: {
    path: '/project/acme/widgets/tag?size=20',
    headers: { authorization: 'token ada-token' },
    query: {
      page: { type: 'integer', minimum: 0, default: 0 },
      size: { type: 'integer', minimum: 1, maximum: 2000, default: 10 },
      sort: { type: 'string' },
    },
  },
  codearts: {
    path: '/v4/repositories/1/repository/tags?limit=20',
    headers: { 'x-auth-token': 'ada-token' },
    query: {
      offset: { type: 'integer', minimum: 0, default: 0 },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      order_by: { enum: ['name', 'updated'], default: 'updated' },
      sort: { enum: ['asc', 'desc'], default: 'desc' },
      search: { type: 'string' },
    },
  },
}
