import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { faces, type SeenTag } from './faces/index.ts'
import { GitClient, SharedClone } from './git-client.ts'
import { Model, type ModelTag } from './model.ts'
import { type Address, Wire } from './wire.ts'
import { apiWork, describeWork, gitWork, type Work } from './work.ts'
import { fixture, NOW } from './world.ts'

const SANDBOXES = 200
/** How many of them the real git pushes to. */
const PUSHED = 20

let forge: FakeForge
let clone: SharedClone
let main: Address
beforeAll(async () => {
  forge = await startFakeForge({ fixture, clock: NOW })
  main = { origin: forge.url, base: '', header: null }
  clone = await SharedClone.of(forge.url)
})
afterAll(async () => {
  Wire.close()
  clone.remove()
  await forge.close()
})

/** A sandbox and what it must hold; every other one is addressed by its path, the others by the header. */
async function newSandbox(position: number, tags: ReadonlyMap<string, ModelTag>) {
  const { status, body } = await new Wire(main).ask('POST', '/__admin/sandboxes', {}, {})
  expect(status).toBe(201)
  const { id } = body as { id: string }
  const isByPath = position % 2 === 0
  const address = { ...main, base: isByPath ? `/__sandbox/${id}` : '', header: isByPath ? null : id }
  const wire = new Wire(address)
  const git = new GitClient(clone, address)
  return { isByPath, wire, git, model: new Model(tags, wire, git) }
}

/** Works a sandbox off; an answer that the model did not expect names all that was done before it. */
async function performAll(works: readonly Work[], model: Model): Promise<void> {
  for (const [at, work] of works.entries()) {
    try {
      await model.perform(work)
    } catch (error) {
      const story = works.slice(0, at + 1).map(describeWork)
      throw new Error(`${story.join('\n')}\n→ ${(error as Error).message}`, { cause: error })
    }
  }
}

/** The tags of one world through every vendor and by git, in an order of its own each. */
async function lookAround(wire: Wire, git: GitClient): Promise<SeenTag[][]> {
  return [...(await Promise.all(faces.map((face) => face.list(wire, 20)))), await git.tags()]
}

/** What has to come of random work for it to have been worth something. */
const EVERYTHING = [
  ...['create done', 'create exists', 'remove done', 'remove missing'].map((what) => `bitbucket ${what}`),
  ...['create done', 'create exists', 'create forbidden'].flatMap((what) => [
    `codearts ${what}`,
    `gitflic ${what}`,
    `gitlab ${what}`,
  ]),
  ...['remove done', 'remove forbidden', 'remove missing'].flatMap((what) => [
    `codearts ${what}`,
    `gitlab ${what}`,
  ]),
  'git push done',
  'git push forbidden',
].sort()

const oidsOf = (tags: readonly SeenTag[]) => new Map(tags.map(({ name, oid }) => [name, oid]))

describe('200 sandboxes of one server, worked on at the same time', () => {
  it('each hold what was asked of them, whoever is asked, and nothing leaks into the world beside', async () => {
    const beside = { wire: new Wire(main), git: new GitClient(clone, main) }
    const before = await lookAround(beside.wire, beside.git)
    const [tags = [], ...others] = before
    const initial = new Map(
      tags.map(({ name, commit, annotated, text = '' }) => [
        name,
        { commit, message: annotated ? text : null },
      ]),
    )
    const begun = new Model(initial, beside.wire, beside.git)
    for (const seen of others) begun.compare(seen)
    expect(initial.size).toBe(24)

    const scripts = [...fc.sample(gitWork, PUSHED), ...fc.sample(apiWork, SANDBOXES - PUSHED)]
    const worked = await Promise.all(
      scripts.map(async (works, position) => {
        const sandbox = await newSandbox(position, initial)
        await performAll(works, sandbox.model)
        return sandbox
      }),
    )
    await Promise.all(
      worked.map(async ({ wire, git, model, isByPath }) => {
        const seen = await lookAround(wire, git)
        for (const list of seen) model.compare(list)
        const [first = new Map(), ...rest] = seen.filter(([tag]) => tag?.oid).map(oidsOf)
        for (const oids of rest) expect(oids).toEqual(first)
        expect(wire.strayLinks).toEqual([])
        expect([isByPath, wire.links > 0]).toEqual([isByPath, true])
      }),
    )
    expect(await lookAround(beside.wire, beside.git)).toEqual(before)

    const outcomes = new Set(worked.flatMap(({ model }) => [...model.outcomes]))
    expect([...outcomes].sort()).toEqual(EVERYTHING)
  }, 180_000)
})
