import type { Fixture } from '../../../src/index.ts'

/** People of every role; tokens are `<name>-token`, passwords `<name>-password`. */
export const users: User[] = [
  person('root', 'Root', { admin: true }),
  person('mia', 'Mia M'),
  person('dee', 'Dee D', {
    tokens: [
      'dee-token',
      { value: 'dee-reads', scopes: ['REPO_READ'] },
      { value: 'dee-writes', scopes: ['REPO_WRITE'] },
      { value: 'dee-project-reads', scopes: ['PROJECT_READ'] },
      { value: 'dee-elsewhere', scopes: ['read_api'] },
      { value: 'dee-old', expired: true },
      { value: 'dee-gone', revoked: true },
      { value: 'dee-job', kind: 'job' },
    ],
  }),
  person('rex', 'Rex R'),
  person('gus', 'Gus G'),
  person('sam', 'Sam S'),
  person('bob', 'Bob B', { blocked: true }),
  person('J.Smith', 'John Smith'),
]

type User = NonNullable<Fixture['users']>[number]

function person(username: string, name: string, more: Partial<User> = {}): User {
  return {
    username,
    name,
    email: `${username.toLowerCase()}@example.test`,
    password: `${username}-password`,
    tokens: [`${username}-token`],
    ...more,
  }
}

const members = { mia: 'maintainer', dee: 'developer', rex: 'reporter', gus: 'guest' } as const

export const owners: NonNullable<Fixture['owners']> = [
  { alias: 'acme', name: 'Acme', members: { root: 'owner' } },
  { alias: 'prj', name: 'The Project', key: 'PRJ' },
  { alias: 'void', name: 'Void' },
]

export type Project = NonNullable<Fixture['projects']>[number]

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
    message: 'Add parts <&>\n\nBody.\n',
    author: 'Otto Outside <otto@elsewhere.test>',
    date: '2024-01-02T10:00:00-03:30',
    committer: 'dee',
    committerDate: '2024-01-02T14:00:00Z',
    files: { 'parts.txt': 'cog\n' },
  },
  {
    label: 'f1',
    branch: 'feature/x',
    message: 'Try\n',
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

/** The instant at which the tests' clock stands: 2024-06-01T12:00:00Z, minute 720 of the day. */
export const NOW = '2024-06-01T12:00:00Z'

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

/** The envelope of one exception, whose class is below `com.atlassian.bitbucket`. */
export function thrown(name: string | null, message: string) {
  const exceptionName = name === null ? null : `com.atlassian.bitbucket.${name}`
  return { errors: [{ context: null, message, exceptionName }] }
}

export const NOT_PERMITTED = thrown('AuthorisationException', 'You are not permitted to access this resource')

export const BAD_LOGIN = thrown(
  'auth.IncorrectPasswordAuthenticationException',
  'Authentication failed. Please check your credentials and try again.',
)
