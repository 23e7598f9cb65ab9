import { afterAll, beforeAll, expect, it } from 'vitest'
import { gitEvidence } from '../../src/http/coverage/git-evidence.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import type { RefusalRule } from '../../src/vendors/evidence.ts'

const CREDENTIALS = [
  '',
  'mia:mia-token',
  'mia:mia-password',
  'gus:gus-token',
  'sam:sam-token',
  'bob:bob-token',
  'dee:dee-old',
  'dee:dee-gone',
  'dee:dee-read',
  'mia:wrong',
]
const PROJECTS = [
  'acme/widgets',
  'acme/archived',
  'acme/public',
  'acme/bare',
  'acme/old',
  'acme/nope',
  'nobody/nope',
  'nope',
]

let forge: FakeForge
beforeAll(async () => {
  const members = { mia: 'maintainer', dee: 'developer', gus: 'guest', bob: 'developer' } as const
  const commits = [
    { label: 'c1', branch: 'main', message: 'One\n', author: 'mia', date: '2024-01-01T10:00:00Z' },
  ]
  forge = await startFakeForge({
    explain: true,
    fixture: {
      users: [
        { username: 'mia', password: 'mia-password', tokens: ['mia-token'] },
        { username: 'gus', tokens: ['gus-token'] },
        { username: 'sam', tokens: ['sam-token'] },
        { username: 'bob', blocked: true, tokens: ['bob-token'] },
        {
          username: 'dee',
          tokens: [
            { value: 'dee-read', scopes: ['read_api'] },
            { value: 'dee-old', expired: true },
            { value: 'dee-gone', revoked: true },
          ],
        },
      ],
      owners: [{ alias: 'acme', kind: 'company' }],
      projects: [
        { path: 'acme/widgets', movedFrom: ['acme/old'], members, commits },
        { path: 'acme/archived', members, commits, archived: true },
        { path: 'acme/public', visibility: 'public', members, commits },
        { path: 'acme/bare', members, repository: false },
      ],
    },
  })
})
afterAll(() => forge.close())

/** Where each vendor's clone URLs begin. */
const ROOTS = ['/scm/', '/', '/project/', '/']

function requests(): [path: string, init: RequestInit][] {
  const type = (name: string) => ({ 'content-type': `application/x-${name}-request` })
  return ROOTS.flatMap((root) =>
    PROJECTS.flatMap((project): [string, RequestInit][] => {
      const url = `${root}${project}.git`
      const push = { method: 'POST', headers: type('git-receive-pack'), body: '0000' }
      const fetching = { method: 'POST', headers: type('git-upload-pack'), body: '0000' }
      return [
        [`${url}/info/refs?service=git-upload-pack`, {}],
        [`${url}/info/refs?service=git-receive-pack`, {}],
        [`${url}/info/refs`, {}],
        [`${root}${project}/info/refs?service=git-upload-pack`, { redirect: 'manual' }],
        [`${url}/git-upload-pack`, fetching],
        [`${url}/git-receive-pack`, push],
        [`${url}/git-upload-pack`, { ...fetching, headers: { 'content-type': 'text/plain' } }],
        [
          `${url}/git-upload-pack`,
          { ...fetching, headers: { ...type('git-upload-pack'), 'content-encoding': 'br' } },
        ],
        [
          `${url}/git-upload-pack`,
          { ...fetching, headers: { ...type('git-upload-pack'), 'content-encoding': 'gzip' } },
        ],
      ]
    }),
  )
}

it('every answer to git has a rule that the evidence knows, with a status that it has there', async () => {
  const seen = new Set<string>()
  for (const [path, init] of requests()) {
    for (const credential of CREDENTIALS) {
      const authorization = credential === '' ? {} : { authorization: `Basic ${btoa(credential)}` }
      const answer = await fetch(`${forge.url}${path}`, {
        ...init,
        headers: { ...init.headers, ...authorization },
      })
      await answer.arrayBuffer()
      const rule = answer.headers.get('x-fakeforge-rule')?.split(';')[0] ?? ''
      if (rule.startsWith('git.')) seen.add(`${rule} ${answer.status}`)
      else expect(rule).toMatch(/^(?:\w+\/unknown-route|gitflic\.\w+\/.+|gitflic\/[\w-]+)$/)
    }
  }
  expect(seen.size).toBeGreaterThan(20)
  expect([...seen].filter((each) => !isKnown(each))).toEqual([])
})

function isKnown(seen: string): boolean {
  const [, operation = '', name = '', status] = /^(.*)\/(.*) (\d+)$/.exec(seen) ?? []
  const known = gitEvidence.operations[operation]
  const { everywhere, failures, refusals } = gitEvidence
  const names: readonly string[] = [
    ...(known?.failures ?? []),
    ...(known?.refusals ?? []),
    ...everywhere.refusals,
  ]
  const row: RefusalRule | undefined =
    known?.successes[name] ?? (names.includes(name) ? (failures[name] ?? refusals[name]) : undefined)
  return row !== undefined && [row.status, ...(row.otherStatuses ?? [])].includes(Number(status))
}
