import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { fixture, NOW } from './world.ts'

/** Beside the world itself, what is noted of it: journal, faults, deliveries of webhooks. */
interface Notes {
  requests: number
  faults: number
  deliveries: number
}

const kinds = [
  'read',
  'write',
  'fault',
  'forget requests',
  'forget deliveries',
  'reset',
  'clear faults',
] as const

interface Step {
  readonly at: number
  readonly kind: (typeof kinds)[number]
}

const rounds = fc.array(
  fc.uniqueArray(fc.record({ at: fc.nat({ max: 4 }), kind: fc.constantFrom<Step['kind']>(...kinds) }), {
    selector: ({ at }) => at,
    minLength: 2,
    maxLength: 5,
  }),
  { minLength: 3, maxLength: 15, size: 'max' },
)

/** Nobody listens there, and nobody has to: a delivery that fails is one too. */
const hooked = {
  ...fixture,
  projects: fixture.projects!.map((project) => ({
    ...project,
    webhooks: [{ url: 'http://127.0.0.1:1/', vendor: 'gitlab' }],
  })),
}

class World {
  readonly notes: Notes = { requests: 0, faults: 0, deliveries: 0 }
  readonly #call: Call
  readonly #base: string
  #tags = 0

  constructor(app: FastifyInstance, base: string) {
    this.#call = callerOf(app, { host: 'localhost', 'private-token': 'mia-token' })
    this.#base = base
  }

  async step(kind: Step['kind']): Promise<void> {
    const { notes } = this
    switch (kind) {
      case 'read':
        notes.requests += 1
        return this.#done('GET', '/api/v4/projects/1/repository/tags')
      case 'write':
        notes.requests += 1
        notes.deliveries += 1
        this.#tags += 1
        return this.#done('POST', `/api/v4/projects/1/repository/tags?tag_name=made-${this.#tags}&ref=main`)
      case 'fault':
        notes.faults += 1
        // Of a call that nobody makes.
        return this.#done('POST', '/__admin/faults', { method: 'PATCH', status: 503 })
      case 'clear faults':
        notes.faults = 0
        return this.#done('DELETE', '/__admin/faults')
      case 'forget requests':
        notes.requests = 0
        return this.#done('DELETE', '/__admin/requests')
      case 'forget deliveries':
        notes.deliveries = 0
        return this.#done('DELETE', '/__admin/webhooks')
      case 'reset':
        Object.assign(notes, { requests: 0, faults: 0, deliveries: 0 })
        return this.#done('POST', '/__admin/reset')
    }
  }

  async look(): Promise<Notes> {
    const [requests, faults, webhooks] = await Promise.all(
      ['requests/count', 'faults', 'webhooks?settled=true'].map((path) =>
        this.#call('GET', `${this.#base}/__admin/${path}`),
      ),
    )
    return {
      requests: (requests!.body as { count: number }).count,
      faults: (faults!.body as { faults: unknown[] }).faults.length,
      deliveries: (webhooks!.body as { deliveries: unknown[] }).deliveries.length,
    }
  }

  async #done(method: string, path: string, payload?: object): Promise<void> {
    const { status, text } = await this.#call(method, this.#base + path, payload && { payload })
    expect([method, path, status < 300 ? 'done' : text]).toEqual([method, path, 'done'])
  }
}

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture: hooked, clock: NOW, webhookTimeout: 1000 })
})
afterAll(() => app.close())

describe('what is noted of a world', () => {
  it('is noted of that world alone', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const worlds = [new World(app, '')]
        await worlds[0]!.step('reset')
        for (let i = 0; i < 4; i++) {
          const { body } = await callerOf(app, { host: 'localhost' })('POST', '/__admin/sandboxes')
          worlds.push(new World(app, `/__sandbox/${(body as { id: string }).id}`))
        }
        for (const round of all) await Promise.all(round.map(({ at, kind }) => worlds[at]!.step(kind)))
        for (const world of worlds) expect(await world.look()).toEqual(world.notes)
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
