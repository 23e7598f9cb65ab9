import type { FastifyInstance } from 'fastify'
import { afterEach, expect } from 'vitest'
import type { Finding } from '../../../src/http/findings/finding.ts'
import { buildApp, type Options } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'

const NOW = '2024-06-01T12:00:00Z'
export const GITLAB = { 'private-token': 'mia-token' }
export const BASIC = { authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}` }
export const GITFLIC = { authorization: 'token mia-token' }
export const CODEARTS = { 'x-auth-token': 'mia-token' }

let apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps) await app.close()
  apps = []
})

const manyTags = Array.from({ length: 60 }, (_, i) => ({ name: `t${i}`, target: 'c1' }))
const fixture = {
  users: [{ username: 'mia', password: 'mia-password', tokens: ['mia-token', 'mia-other'] }],
  owners: [{ alias: 'acme', kind: 'company', members: { mia: 'owner' } }],
  projects: [
    {
      path: 'acme/widgets',
      id: 1,
      commits: [{ label: 'c1', branch: 'main', message: 'One\n', author: 'mia', date: NOW }],
      tags: manyTags,
    },
  ],
}

/** A strict server with 60 tags, which ends with the test. */
export async function open(options: Partial<Options> = {}) {
  const app = await buildApp({ strict: true, fixture, clock: NOW, ...options })
  apps.push(app)
  const admin = callerOf(app, { host: 'localhost' })
  const findings = async (query = '') => {
    const { status, body } = await admin('GET', `/__admin/requests/findings${query}`)
    expect(status).toBe(200)
    return (body as { findings: Finding[] }).findings
  }
  return { app, admin, findings, gitlab: callerOf(app, GITLAB) }
}

export const short = (found: readonly Finding[]) =>
  found.map(({ kind, request, wrong, right }) => `${request} ${kind}: ${wrong} ${right}`)

export const TAGS = '/api/v4/projects/1/repository/tags'
export const REST = '/rest/api/1.0/projects/ACME/repos/widgets'

/** Ways to read the 60 tags of each vendor. */
export const LISTS = [
  [
    'gitlab',
    GITLAB,
    TAGS,
    'page',
    1,
    20,
    'per_page',
    1,
    'page=2, until X-Next-Page is empty and Link has no rel="next"',
  ],
  ['bitbucket', BASIC, `${REST}/tags`, 'start', 0, 25, 'limit', 25, 'start=25, until isLastPage is true'],
  [
    'gitflic',
    GITFLIC,
    '/project/acme/widgets/tag',
    'page',
    0,
    10,
    'size',
    1,
    'page=1, until page.number is page.totalPages less 1',
  ],
  [
    'codearts',
    CODEARTS,
    '/v4/repositories/1/repository/tags',
    'offset',
    0,
    20,
    'limit',
    20,
    'offset=20, until there are as many entries as X-Total, or total, says',
  ],
] as const
