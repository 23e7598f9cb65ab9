import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { DataFolders, type OpenWorld, refsIn } from './data-folder.ts'

const folders = new DataFolders()
afterAll(() => folders.close())

const TAGS = '/api/v4/projects/7/repository/tags'

/** Tags by name: their message, or null for those without. */
type Model = Map<string, string | null>

/** What the fixture begins with. */
const initial: Model = new Map([
  ['v1.0.0', null],
  ['v1.1.0', 'Noted'],
  ['tree', null],
])

const name = fc.constantFrom('a', 'b', 'c', 'A', 'd/e', 'd', 'v1.0.0')
const message = fc.option(fc.constantFrom('one', 'two'))
const made = fc.record({ kind: fc.constant('create' as const), name, message })
const write = fc.oneof(
  { weight: 5, arbitrary: made },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
)
const step = fc.oneof(
  { weight: 9, arbitrary: write },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('many' as const), writes: fc.array(made, { maxLength: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), write }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
)
type Write = typeof write extends fc.Arbitrary<infer Value> ? Value : never
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Whether git has room for a name beside those that there are. */
function clashes(model: Model, wanted: string): boolean {
  return [...model.keys()].some(
    (other) => other === wanted || other.startsWith(`${wanted}/`) || wanted.startsWith(`${other}/`),
  )
}

async function perform({ call }: OpenWorld, model: Model, one: Write): Promise<void> {
  if (one.kind === 'delete') {
    const { status } = await call('DELETE', `${TAGS}/${encodeURIComponent(one.name)}`)
    expect(status).toBe(model.delete(one.name) ? 204 : 404)
    return
  }
  const isFree = !clashes(model, one.name)
  const text = one.message === null ? '' : `&message=${one.message}`
  const { status } = await call('POST', `${TAGS}?tag_name=${encodeURIComponent(one.name)}&ref=main${text}`)
  expect(status).toBe(isFree ? 201 : 400)
  if (isFree) model.set(one.name, one.message)
}

/** Creates at the same time: what was answered decides. */
async function performAll({ call }: OpenWorld, model: Model, writes: readonly Write[]): Promise<void> {
  const answers = await Promise.all(
    writes.map((one) => {
      const text = 'message' in one && one.message !== null ? `&message=${one.message}` : ''
      return call('POST', `${TAGS}?tag_name=${encodeURIComponent(one.name)}&ref=main${text}`)
    }),
  )
  answers.forEach(({ status }, i) => {
    const one = writes[i]!
    if (status !== 201) return
    expect(clashes(model, one.name)).toBe(false)
    model.set(one.name, 'message' in one ? one.message : null)
  })
}

/** With something in the way of what has to be written. */
async function performInVain({ call, data }: OpenWorld, model: Model, one: Write): Promise<void> {
  const obstacle = join(data, 'current/repositories/acme/widgets.git/packed-refs.tmp')
  mkdirSync(obstacle)
  const path =
    one.kind === 'delete'
      ? `/${encodeURIComponent(one.name)}`
      : `?tag_name=${encodeURIComponent(one.name)}&ref=main`
  const { status } = await call(one.kind === 'delete' ? 'DELETE' : 'POST', TAGS + path)
  rmSync(obstacle, { recursive: true })
  if (one.kind === 'delete') expect(status).toBe(model.has(one.name) ? 500 : 404)
  else expect(status).toBe(clashes(model, one.name) ? 400 : 500)
}

async function take(world: OpenWorld, model: Model, next: Step): Promise<OpenWorld> {
  if (next.kind === 'fail') await performInVain(world, model, next.write)
  else if (next.kind === 'many') await performAll(world, model, next.writes)
  else if (next.kind === 'reset') {
    expect((await world.admin('POST', '/__admin/reset')).status).toBe(204)
    model.clear()
    for (const [tag, text] of initial) model.set(tag, text)
  } else if (next.kind === 'kill') {
    const killed = folders.crash(world)
    await world.app.close()
    return folders.open(killed)
  } else if (next.kind === 'stop') {
    await world.app.close()
    return folders.open(world.data)
  } else await perform(world, model, next)
  return world
}

async function check({ call, data }: OpenWorld, model: Model): Promise<void> {
  const { body } = await call('GET', `${TAGS}?per_page=100`)
  const listed = (body as { name: string; message: string }[]).map(
    (tag) => [tag.name, tag.message.trim() || null] as const,
  )
  expect(new Map(listed)).toEqual(model)
  const refs = Object.keys(refsIn(join(data, 'current/repositories/acme/widgets.git')))
  const names = refs.flatMap((ref) => (ref.startsWith('refs/tags/') ? [ref.slice('refs/tags/'.length)] : []))
  expect(names.sort()).toEqual([...model.keys()].sort())
}

it('whatever is done, and wherever a restart comes in between, tags are those of a plain map', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const model: Model = new Map(initial)
      let world = await folders.open(folders.next())
      for (const next of steps) {
        world = await take(world, model, next)
        await check(world, model)
      }
      await world.app.close()
    }),
    { numRuns: Number(process.env.DURABLE_RUNS ?? 8) },
  )
}, 600_000)
