import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AdjustableClock } from '../../src/forge/clock.ts'
import type { Origin, Sandbox } from '../../src/forge/sandbox.ts'
import { Worlds } from '../../src/forge/worlds.ts'
import { type Act, act, type Facts, look, perform } from './acts.ts'
import { fixture, NOW } from './world.ts'

/** The world of the other tests, with a branch that has something to pull. */
const project = fixture.projects![0]!
const side = {
  ...{ label: 's1', branch: 'side', parents: ['c1'], message: 'Side\n', author: 'dee' },
  files: { 'side.txt': 's\n' },
}
const forked = { ...fixture, projects: [{ ...project, commits: [...project.commits!, side] }] }

const LIMITS = { count: 100, lifetime: 3_600_000, idle: 3_600_000 }

interface Place {
  readonly sandbox: Sandbox
  /** What it must hold, and what a reset brings back. */
  facts: Facts
  readonly first: Facts
}

interface Step {
  readonly at: number
  readonly doing:
    | Act
    | { readonly kind: 'save' | 'restore' | 'reset' | 'fork from initial' | 'fork from saved' | 'remove' }
}

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat({ max: 7 }),
  doing: fc.oneof(
    { weight: 6, arbitrary: act },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          ...(['save', 'restore', 'reset', 'fork from initial', 'fork from saved', 'remove'] as const),
        ),
      }),
    },
  ),
})
const rounds = fc.array(fc.uniqueArray(step, { selector: ({ at }) => at, minLength: 1, maxLength: 6 }), {
  minLength: 5,
  maxLength: 25,
  size: 'max',
})

async function newWorlds(): Promise<Worlds> {
  const loaded = { fixture: forked, source: 'the fixture', folder: process.cwd() }
  return Worlds.open(loaded, new AdjustableClock(Date.parse(NOW)), LIMITS)
}

const copied = (facts: Facts): Facts => structuredClone(facts)

/** A server's worlds, and beside each what it must hold. */
class Crowd {
  readonly #worlds: Worlds
  readonly #places: Place[]
  readonly #initial: Facts
  readonly #written = new Set<string>()
  #saved: { readonly origin: Origin; readonly facts: Facts } | null = null

  private constructor(worlds: Worlds, initial: Facts) {
    this.#worlds = worlds
    this.#initial = initial
    this.#places = [{ sandbox: worlds.main, facts: copied(initial), first: initial }]
  }

  static async gather(): Promise<Crowd> {
    const worlds = await newWorlds()
    const probe = worlds.createSandbox()!
    const initial = await look(probe, [])
    worlds.removeSandbox(probe.id!)
    // What tags point at from the beginning was not written by anybody.
    return new Crowd(worlds, initial)
  }

  /** All steps of a round at once, one in each place. */
  async move(round: readonly Step[]): Promise<void> {
    const moves = new Map(round.map((step) => [this.#places[step.at % this.#places.length]!, step]))
    await Promise.all([...moves].map(([place, { doing }]) => this.#step(place, doing)))
  }

  async #step(place: Place, doing: Step['doing']): Promise<void> {
    const { sandbox } = place
    switch (doing.kind) {
      case 'save':
        this.#saved = { origin: sandbox.capture(), facts: copied(place.facts) }
        return
      case 'restore':
        if (!this.#saved) return
        sandbox.restore(this.#saved.origin)
        place.facts = copied(this.#saved.facts)
        return
      case 'reset':
        sandbox.reset()
        place.facts = copied(place.first)
        return
      case 'fork from initial':
        return this.#fork(this.#worlds.initial, this.#initial)
      case 'fork from saved':
        if (this.#saved) this.#fork(this.#saved.origin, this.#saved.facts)
        return
      case 'remove':
        if (sandbox.id === null) return
        this.#worlds.removeSandbox(sandbox.id)
        this.#places.splice(this.#places.indexOf(place), 1)
        return
      case 'look':
        return this.#compare(place)
      default:
        await perform(doing, sandbox, place.facts)
        for (const oid of place.facts.objects) this.#written.add(oid)
    }
  }

  async compareAll(): Promise<void> {
    for (const place of this.#places) await this.#compare(place)
  }

  async #compare({ sandbox, facts }: Place): Promise<void> {
    expect(await look(sandbox, this.#written)).toEqual(facts)
  }

  #fork(origin: Origin, first: Facts): void {
    if (this.#places.length >= 8) return
    const sandbox = this.#worlds.createSandbox(origin)!
    this.#places.push({ sandbox, facts: copied(first), first: copied(first) })
  }
}

describe('worlds that are written to at the same time', () => {
  it('keep to themselves what they are told, forks of forks, snapshots, resets and all', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const crowd = await Crowd.gather()
        for (const round of all) await crowd.move(round)
        await crowd.compareAll()
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})
