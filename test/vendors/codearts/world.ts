import type { Fixture } from '../../../src/index.ts'

/** People of every role, as every CodeArts test has them; tokens are `<name>-token`, ids count from 1. */
export const users: NonNullable<Fixture['users']> = [
  {
    username: 'root',
    name: 'Root',
    email: 'root@example.test',
    admin: true,
    tokens: ['root-token'],
    accessKey: { id: 'EXAMPLEAK0000000001', secret: 'example-secret-key-0001' },
  },
  {
    username: 'mia',
    name: 'Mia M',
    email: 'mia@example.test',
    password: 'mia-password',
    tokens: [
      'mia-token',
      { value: 'mia-reads', scopes: ['codeartsrepo:repository:getRepository'] },
      { value: 'mia-all', scopes: ['codeartsrepo:repository:*'] },
      { value: 'mia-other', scopes: ['read_api'] },
    ],
    accessKey: { id: 'EXAMPLEAK0000000002', secret: 'example-secret-key-0002' },
  },
  {
    username: 'dee',
    name: 'Dee D',
    email: 'dee@example.test',
    password: 'dee-password',
    tokens: [
      'dee-token',
      { value: 'dee-old', expired: true },
      { value: 'dee-gone', revoked: true },
      { value: 'dee-job', kind: 'job' },
    ],
    accessKey: { id: 'EXAMPLEAK0000000003', secret: 'example-secret-key-0003' },
  },
  { username: 'rex', name: 'Rex R', email: 'rex@example.test', tokens: ['rex-token'] },
  { username: 'gus', name: 'Gus G', email: 'gus@example.test', tokens: ['gus-token'] },
  { username: 'sam', name: 'Sam S', email: 'sam@example.test', tokens: ['sam-token'] },
  {
    username: 'bob',
    name: 'Bob B',
    email: 'bob@example.test',
    password: 'bob-password',
    blocked: true,
    tokens: ['bob-token'],
    accessKey: { id: 'EXAMPLEAK0000000007', secret: 'example-secret-key-0007' },
  },
]

const members = { mia: 'maintainer', dee: 'developer', rex: 'reporter', gus: 'guest' } as const

export const owners: NonNullable<Fixture['owners']> = [
  { alias: 'acme', name: 'Acme', members: { root: 'owner' } },
  { alias: 'crew', kind: 'team', name: 'Crew', members: { dee: 'developer' } },
]

type Project = NonNullable<Fixture['projects']>[number]

/** Two commits on `main`, one on `feature/x`. */
export const commits: NonNullable<Project['commits']> = [
  {
    label: 'c1',
    branch: 'main',
    message: 'Initial commit\n',
    author: 'mia',
    date: '2024-01-01T10:00:00+02:00',
    files: { 'README.md': '# Widgets\n' },
  },
  {
    label: 'c2',
    branch: 'main',
    message: 'Add parts\n\nBody.\n',
    author: 'dee',
    date: '2024-01-02T10:00:00-03:30',
    files: { 'parts.txt': 'cog\nspring\n' },
  },
  {
    label: 'f1',
    branch: 'feature/x',
    message: 'Try it\n',
    author: 'dee',
    date: '2024-01-03T10:00:00Z',
    files: { 'x.txt': 'x\n' },
    parents: ['c1'],
  },
]

/** Their ids. */
export const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
export const C2 = 'ac8b6b78ab2b1551450453717731645a420fa67f'
export const F1 = 'df29cb4d17f0877871f9e7dcf4f4df34a2b4b99e'

export function project(path: string, id: number, more: Partial<Project> = {}): Project {
  return { path, id, members, commits, ...more }
}

export function world(...projects: Project[]): Fixture {
  return { users, owners, projects }
}

/** The instant at which the tests' clock stands. */
export const NOW = '2024-06-01T12:00:00Z'

/** What the refused calls of v4 get. */
export const UNAUTHENTICATED = [
  401,
  { error_code: 'CH.00000002', error_msg: 'Recognize authentication information failed.' },
]
export const FORBIDDEN = [403, { error_code: 'CH.00401001', error_msg: 'No access permission.' }]
export const NO_REPOSITORY = [
  404,
  { error_code: 'CH.00402000', error_msg: 'The repository does not exist. Check and try again.' },
]
export const MISSING = [404, { error_code: 'CH.000404', error_msg: 'Resource unavailable.' }]
export const UNKNOWN_ROUTE = [
  404,
  {
    error_code: 'APIGW.0101',
    error_msg: 'The API does not exist or has not been published in the environment',
  },
]
export function invalid(field: string, reason: string): [number, unknown] {
  return [400, { error_code: 'CH.00401999', error_msg: `'${field}': ${reason}` }]
}
