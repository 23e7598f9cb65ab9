import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../src/index.ts'
import { type Call, callerOf } from '../../caller.ts'
import { bearer, NOW, type Project, project, world } from './world.ts'

type Commit = NonNullable<Project['commits']>[number]

const PARTS = 'one\ntwo\nthree\nfour\nfive\n'

function commit(label: string, branch: string, files: Commit['files'], parents?: string[]): Commit {
  const day = { b1: '01', m1: '02', f1: '03', f2: '04', k1: '05', u1: '06', d1: '07', l1: '08' }[label]
  return {
    label,
    branch,
    message: `Commit ${label}\n`,
    author: 'mia',
    date: `2024-02-${day}T10:00:00+02:00`,
    ...(files && { files }),
    ...(parents && { parents }),
  }
}

/** `main` and branches from its first commit: one that replays, one in conflict, one that is upstream, one that is behind. */
export const commits: Commit[] = [
  commit('b1', 'main', { 'parts.txt': PARTS }),
  commit('m1', 'main', { 'parts.txt': PARTS.replace('one', 'ONE') }),
  commit('f1', 'feature/x', { 'x.txt': 'x\n' }, ['b1']),
  commit('f2', 'feature/x', { 'parts.txt': PARTS.replace('five', 'FIVE') }),
  commit('k1', 'conflict', { 'parts.txt': PARTS.replace('one', 'uno') }, ['b1']),
  commit('u1', 'upstream', { 'parts.txt': PARTS.replace('one', 'ONE') }, ['b1']),
  commit('d1', 'current', { 'd.txt': 'd\n' }, ['m1']),
  commit('l1', 'later', { 'l.txt': 'l\n' }, ['b1']),
]

export const requests: NonNullable<Project['pullRequests']> = [
  {
    title: 'Add x',
    description: 'Why x',
    source: 'feature/x',
    author: 'dee',
    createdAt: '2024-03-01T00:00:00Z',
  },
  {
    title: 'In conflict',
    source: 'conflict',
    target: 'main',
    author: 'rex',
    createdAt: '2024-03-02T00:00:00Z',
  },
  { title: 'Upstream', source: 'upstream', createdAt: '2024-03-03T00:00:00Z' },
  { title: 'Current', source: 'current', createdAt: '2024-03-04T00:00:00Z' },
  { title: 'Of a tag', source: 'refs/tags/v1', createdAt: '2024-03-05T00:00:00Z' },
  {
    title: 'Declined',
    source: 'feature/x',
    state: 'declined',
    createdAt: '2024-03-06T00:00:00Z',
    closedAt: '2024-03-07T00:00:00Z',
  },
  {
    title: 'Merged',
    source: 'behind',
    state: 'merged',
    version: 3,
    createdAt: '2024-03-08T00:00:00Z',
    closedAt: '2024-03-09T00:00:00Z',
  },
]

export function widgets(more: Partial<Project> = {}): Project {
  return project('acme/widgets', 1, {
    commits,
    branches: { behind: 'b1' },
    tags: [{ name: 'v1', target: 'f1' }],
    pullRequests: requests,
    ...more,
  })
}

export const BASE = 'http://bb.test:7990'
export const API = '/rest/api/1.0/projects/ACME/repos/widgets'
export const GIT = '/rest/git/1.0/projects/ACME/repos/widgets'

/** A server with these projects; requests go out as `dee` unless they say otherwise. */
export async function start(...projects: Project[]): Promise<{ app: FastifyInstance; call: Call }> {
  const app = await buildApp({ clock: NOW, fixture: world(...projects) })
  return { app, call: callerOf(app, { ...bearer('dee-token'), host: 'bb.test:7990' }) }
}

export const NOW_MS = Date.parse(NOW)

/** USER, in a pull request. */
export function user(name: string, id: number, displayName: string) {
  return {
    name,
    emailAddress: `${name.toLowerCase()}@example.test`,
    id,
    displayName,
    active: true,
    slug: name.toLowerCase(),
    type: 'NORMAL',
    links: { self: [{ href: `${BASE}/users/${name.toLowerCase()}` }] },
  }
}

export const DEE = user('dee', 3, 'Dee D')
export const REX = user('rex', 4, 'Rex R')
export const ROOT = user('root', 1, 'Root')

export function participant(who: object, role = 'AUTHOR') {
  return { user: who, role, approved: false, status: 'UNAPPROVED' }
}

const ACME = {
  key: 'ACME',
  id: 9,
  name: 'Acme',
  public: false,
  type: 'NORMAL',
  links: { self: [{ href: `${BASE}/projects/ACME` }] },
}

/** REPO, in a pull request. */
export function repository(slug: string, id: number, hierarchyId: string) {
  return {
    slug,
    id,
    name: slug,
    hierarchyId,
    scmId: 'git',
    state: 'AVAILABLE',
    statusMessage: 'Available',
    forkable: true,
    project: ACME,
    public: false,
    archived: false,
    links: {
      clone: [
        { href: `${BASE}/scm/acme/${slug}.git`, name: 'http' },
        { href: `ssh://git@bb.test:7999/acme/${slug}.git`, name: 'ssh' },
      ],
      self: [{ href: `${BASE}/projects/ACME/repos/${slug}/browse` }],
    },
  }
}

export const WIDGETS = repository('widgets', 1, 'ec4c8f532d074f05b21a')

export const TIPS = {
  main: '92ad98ad43e1363f661a8f0824c4b590f1d7cce1',
  'feature/x': '3cd9c52c61d9269f6ade63cb1b24b3a059f1a2ec',
  later: 'ba6c1958816cc20ec6df933644d336fc7dffbf2d',
}

export function branchEnd(name: keyof typeof TIPS, latestCommit = TIPS[name]) {
  return { id: `refs/heads/${name}`, displayId: name, latestCommit, type: 'BRANCH', repository: WIDGETS }
}

/** The first pull request of the fixture, whole. */
export const ADD_X = {
  id: 1,
  version: 0,
  title: 'Add x',
  description: 'Why x',
  state: 'OPEN',
  open: true,
  closed: false,
  draft: false,
  createdDate: 1709251200000,
  updatedDate: 1709251200000,
  fromRef: branchEnd('feature/x'),
  toRef: branchEnd('main'),
  locked: false,
  author: participant(DEE),
  reviewers: [],
  participants: [],
  links: { self: [{ href: `${BASE}/projects/ACME/repos/widgets/pull-requests/1` }] },
}

export function outOfDate(currentVersion: number, expectedVersion: number, pullRequest: object) {
  return {
    errors: [
      {
        context: null,
        message: 'You are attempting to modify a pull request based on out-of-date information.',
        exceptionName: 'com.atlassian.bitbucket.pull.PullRequestOutOfDateException',
        currentVersion,
        expectedVersion,
        pullRequest,
      },
    ],
  }
}
