import type { FastifyInstance } from 'fastify'
import { buildApp, type Fixture } from '../../../src/index.ts'
import { type Call, callerOf } from '../../caller.ts'

/** The instant at which the tests' clock stands. */
export const NOW = '2024-06-01T12:00:00Z'

/** People of every role; tokens are `<name>-token`. */
export const users: NonNullable<Fixture['users']> = [
  {
    username: 'ada',
    name: 'Ada Admin',
    password: 'ada-password',
    tokens: ['ada-token'],
    avatar: '/upload/ada.jpg',
  },
  { username: 'mia', name: 'Mia van Dam', tokens: ['mia-token'] },
  {
    username: 'dee',
    name: 'Dee Developer',
    password: 'dee-password',
    tokens: [
      'dee-token',
      'TOKEN-of-dee',
      { value: 'dee-read', scopes: ['PROJECT_READ'] },
      { value: 'dee-write', scopes: ['PROJECT_WRITE'] },
      { value: 'dee-edit', scopes: ['PROJECT_EDIT'] },
      { value: 'dee-user', scopes: ['USER_READ'] },
      { value: 'dee-old', expired: true },
      { value: 'dee-gone', revoked: true },
      { value: 'dee-job', kind: 'job' },
    ],
  },
  { username: 'rex', name: 'Rex', tokens: ['rex-token'] },
  { username: 'gus', tokens: ['gus-token'] },
  { username: 'sam', tokens: ['sam-token'] },
  { username: 'bob', blocked: true, tokens: ['bob-token'] },
]

const members = { mia: 'maintainer', dee: 'developer', rex: 'reporter', gus: 'guest' } as const

export const owners: NonNullable<Fixture['owners']> = [
  {
    alias: 'acme',
    kind: 'company',
    name: 'Acme',
    members: { ada: 'owner', mia: 'maintainer', dee: 'developer' },
  },
  { alias: 'tools', kind: 'team', name: 'Tools', members: { ada: 'owner', dee: 'developer' } },
]

export type FixtureProject = NonNullable<Fixture['projects']>[number]

/** Three commits on `main`, one on `feature/x`. */
export const commits: NonNullable<FixtureProject['commits']> = [
  {
    label: 'c1',
    branch: 'main',
    message: 'Initial commit\n',
    author: 'ada',
    date: '2024-01-01T10:00:00+02:00',
  },
  {
    label: 'c2',
    branch: 'main',
    message: 'Second\nline\n\nBody.\n',
    author: 'dee',
    date: '2024-01-02T10:00:00Z',
  },
  {
    label: 'f1',
    branch: 'feature/x',
    parents: ['c1'],
    message: 'Try\n',
    author: 'X <x@else>',
    date: '2024-01-03T10:00:00Z',
  },
  { label: 'c3', branch: 'main', message: 'Third', author: 'dee', date: '2024-01-04T10:00:00Z' },
]

export function project(path: string, more: Partial<FixtureProject> = {}): FixtureProject {
  return { path, members, commits, ...more }
}

export function world(...projects: FixtureProject[]): Fixture {
  return { users, owners, projects }
}

export async function serve(fixture: Fixture, quirks: string[] = []): Promise<[FastifyInstance, Call]> {
  const app = await buildApp({ clock: NOW, fixture, quirks: quirks.map((name) => `gitflic.${name}`) })
  return [app, callerOf(app, { authorization: 'token dee-token', host: 'gitflic.test:4747' })]
}

/** A header that makes a call somebody else's. */
export function as(name: string): { headers: Record<string, string> } {
  return { headers: { authorization: `token ${name}-token` } }
}

export const DENIED = [403, { title: 'error.access.denied', status: 403 }]
export const UNAUTHENTICATED = [403, { title: 'AuthenticationException', status: 403 }]
export const MISSING = [404, { title: 'error.not.found', status: 404 }]
export const NO_METHOD = [405, { title: 'error.method.not.allowed', status: 405 }]

export function unprocessable(field: string, complaint: 'empty' | 'invalid' | 'exists') {
  const errors = [{ field, title: `error.field.${complaint}` }]
  return [422, { title: 'error.validation', status: 422, errors }]
}

/** The one page of a list that has nothing on it. */
export const NOTHING = { page: { size: 10, totalElements: 0, totalPages: 0, number: 0 } }

/** The ids of the commits above, as git itself has them. */
export const C1 = '194cffb304abfebbc6545ebd2a3c932454feb48e'
export const C2 = '21735561dcea9880d189c78c4c96869f5cca1493'
export const C3 = '17e61bc995d944bb85bc7b2348ae8e7a97347d96'
export const F1 = '151bc9bc1d6130664d99afaf14c20b5901e00a10'
