import type { FastifyInstance } from 'fastify'
import { buildApp, type Options } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { Receiver } from './receiver.ts'

export const NOTHING = '0'.repeat(40)
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const TAGS = '/api/v4/projects/1/repository/tags'

/** What `GET /__admin/webhooks` shows of one delivery. */
export interface Logged {
  readonly id: number
  readonly webhook: number | null
  readonly project: string
  readonly vendor: string
  readonly event: string
  readonly state: string
  readonly request: { method: string; url: string; headers: Record<string, string>; body: string }
  readonly attempts: readonly {
    at: string
    duration: number
    answer: { status: number; headers: object; body: string; truncated: boolean } | null
    error: string | null
  }[]
}

export interface FixtureHook {
  readonly url: string
  readonly secret?: string
  readonly vendor?: string
  readonly events?: string[]
}

/** A private project with two commits, a tag of each kind, a rule, and these webhooks. */
export function fixtureWith(webhooks: readonly FixtureHook[], project: object = {}) {
  return {
    users: [
      {
        username: 'mia',
        name: 'Mia Maintainer',
        email: 'mia@example.test',
        password: 'mia-password',
        tokens: ['mia-token'],
      },
      { username: 'dee', email: 'dee@example.test', tokens: ['dee-token'] },
    ],
    owners: [{ alias: 'acme', name: 'Acme', members: { mia: 'owner' } }],
    projects: [
      {
        path: 'acme/widgets',
        id: 1,
        name: 'Widgets',
        members: { dee: 'developer' },
        commits: [
          {
            label: 'c1',
            message: 'One\n',
            author: 'mia',
            date: '2024-01-01T10:00:00+02:00',
            files: { 'a & b.txt': '1\n', 'old.txt': 'old\n' },
          },
          {
            label: 'c2',
            message: 'Two\n\nMore.\n',
            author: 'Somebody Else <else@example.test>',
            date: '2024-01-02T10:00:00-03:30',
            files: { 'a & b.txt': '2\n', 'old.txt': null, 'new.txt': 'new\n' },
          },
        ],
        tags: [
          { name: 'light', target: 'c1' },
          { name: 'noted', target: 'c2', message: 'A note\n', tagger: 'mia', date: '2024-01-03T00:00:00Z' },
        ],
        tagRules: [{ pattern: 'v*', create: 'maintainer' }],
        webhooks: [...webhooks],
        ...project,
      },
    ],
  }
}

/** The ids in that project. */
export const C1 = 'fce0db9721f2668512846e3dd26901fae5db1635'
export const C2 = '9ecaf6d4c2e1868cedeebcefa49e7a7337491fd2'
export const NOTED = '8e7f077784037885fcd4395e6a406a324c717ffa'

/** How mia says who she is to Bitbucket and GitFlic. */
export const BASIC = { authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}` }
export const TOKEN = { authorization: 'token mia-token' }

export interface WebhookWorld {
  readonly app: FastifyInstance
  readonly receiver: Receiver
  /** As mia, to GitLab's and CodeArts' APIs. */
  readonly call: Call
  /** To the control plane, without waiting for anything. */
  readonly admin: Call
  /** The log, once nothing is in flight. */
  settle(base?: string): Promise<readonly Logged[]>
  close(): Promise<void>
}

/** A server whose project has the webhooks that `hooksFor` makes of a receiver's address. */
export async function openWorld(
  hooksFor: (url: string) => readonly FixtureHook[],
  options: Partial<Options> = {},
  project: object = {},
): Promise<WebhookWorld> {
  const receiver = await Receiver.open()
  const app = await buildApp({
    fixture: fixtureWith(hooksFor(receiver.url), project),
    clock: '2024-06-01T12:00:00Z',
    ...options,
  })
  const host = 'forge.example.test'
  const call = callerOf(app, { host, 'private-token': 'mia-token', 'x-auth-token': 'mia-token' })
  const admin = callerOf(app, { host: 'localhost' })
  return {
    app,
    receiver,
    call,
    admin,
    async settle(base = '') {
      const { body } = await admin('GET', `${base}/__admin/webhooks?settled=true`)
      const { settled, deliveries } = body as { settled: boolean; deliveries: readonly Logged[] }
      if (!settled) throw new Error('deliveries are still in flight')
      return deliveries
    },
    async close() {
      await app.close()
      await receiver.close()
    },
  }
}
