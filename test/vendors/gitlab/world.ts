import type { Fixture } from '../../../src/index.ts'

/** People of every role, as every GitLab test has them; tokens are `<name>-token`. */
export const users: NonNullable<Fixture['users']> = [
  {
    username: 'root',
    name: 'Root',
    email: 'root@example.test',
    admin: true,
    tokens: [
      'root-token',
      { value: 'root-api', scopes: ['api'] },
      { value: 'root-sudo', scopes: ['api', 'sudo'] },
      { value: 'root-only-sudo', scopes: ['sudo'] },
    ],
  },
  { username: 'mia', name: 'Mia M', email: 'mia@example.test', tokens: ['mia-token'] },
  {
    username: 'dee',
    name: 'Dee D',
    email: 'dee@example.test',
    password: 'dee-password',
    tokens: [
      'dee-token',
      { value: 'dee-read', scopes: ['read_api'] },
      { value: 'dee-api', scopes: ['api'] },
      { value: 'dee-user', scopes: ['read_user'] },
      { value: 'dee-old', expired: true },
      { value: 'dee-gone', revoked: true },
      { value: 'dee-job', kind: 'job' },
    ],
  },
  { username: 'rex', name: 'Rex R', email: 'rex@example.test', tokens: ['rex-token'] },
  { username: 'gus', name: 'Gus G', email: 'gus@example.test', tokens: ['gus-token'] },
  { username: 'sam', name: 'Sam S', email: 'sam@example.test', tokens: ['sam-token'] },
  { username: 'bob', name: 'Bob B', email: 'bob@example.test', blocked: true, tokens: ['bob-token'] },
]

const members = { mia: 'maintainer', dee: 'developer', rex: 'reporter', gus: 'guest' } as const

export const owners: NonNullable<Fixture['owners']> = [
  { alias: 'acme', members: { root: 'owner' } },
  { alias: 'acme/deep' },
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
    message: 'Add parts <&>\n\nBody.\n\nSigned-off-by: Dee <dee@x>\nReviewed-by: A\nReviewed-by: B\n',
    author: 'dee',
    date: '2024-01-02T10:00:00-03:30',
    files: { 'parts.txt': 'cog\n' },
  },
  {
    label: 'f1',
    branch: 'feature/x',
    message: '\n',
    author: 'dee',
    date: '2024-01-03T10:00:00Z',
    files: { 'x.txt': 'x\n' },
    parents: ['c1'],
  },
]

export function project(path: string, id: number, more: Partial<Project> = {}): Project {
  return { path, id, members, commits, ...more }
}

export function world(...projects: Project[]): Fixture {
  return { users, owners, projects }
}

/** The instant at which the tests' clock stands: 2024-06-01T12:00:00Z. */
export const NOW = '2024-06-01T12:00:00Z'
