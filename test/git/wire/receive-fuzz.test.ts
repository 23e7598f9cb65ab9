import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashObject } from '../../../src/git/object-id.ts'
import { Repository } from '../../../src/git/repository.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'
import { deltaOf, PackBuilder, sample, withChecksum } from '../pack-builder.ts'
import { answerTo, permissive, pushRequest, stateOf, ZERO } from './push-request.ts'

const tree = sample.tree()
const first = sample.commit(tree.oid)
const second = sample.commit(tree.oid, [first.oid], 'Second\n')
const tag = sample.tag(second.oid)

function repositoryOf(): Repository {
  const repository = Repository.create('main')
  repository.objects.write('blob', sample.blob.data)
  repository.objects.write('tree', tree.data)
  repository.objects.write('commit', first.data)
  repository.update([{ ref: 'refs/heads/main', after: first.oid }])
  return repository
}

const builder = new PackBuilder()
builder.whole('tag', tag.data)
builder.refDelta(first.oid, deltaOf(first.data, second.data))
const pack = builder.build()
const commands = [`${first.oid} ${second.oid} refs/heads/main`, `${ZERO} ${tag.oid} refs/tags/v1`]

/** Bytes that are changed, put in or taken out somewhere. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 8 }),
    cut: fc.nat(8),
  }),
  { minLength: 1, maxLength: 4 },
)
type Edits = { readonly at: number; readonly bytes: Uint8Array; readonly cut: number }[]

function mutate(bytes: Buffer, list: Edits): Buffer {
  return list.reduce((so, { at, bytes: put, cut }) => {
    const place = Math.floor(at * so.length)
    return Buffer.concat([so.subarray(0, place), put, so.subarray(place + cut)])
  }, bytes)
}

/** Sends a request; whatever comes of it, the repository is whole, and holds only what its refs allow. */
async function survive(request: Buffer, atomic: boolean, piece: number): Promise<void> {
  const repository = repositoryOf()
  const before = stateOf(repository)
  let moves = 0
  const rules = permissive(repository)
  const counting = {
    ...rules,
    move: (updates: Parameters<typeof rules.move>[0]) => {
      moves += 1
      rules.move(updates)
    },
  }
  const outcome = await answerTo(repository, request, counting, piece).catch((error) => error)
  if (outcome instanceof Error) expect(outcome).toBeInstanceOf(WireError)
  expect(moves).toBeLessThanOrEqual(1)
  if (moves === 0) expect(stateOf(repository)).toBe(before)
  for (const oid of repository.objects.oids()) {
    const { type, data } = repository.objects.read(oid)!
    expect(hashObject(type, data)).toBe(oid)
  }
  for (const [, oid] of repository.refs()) repository.objects.peel(oid)
  const { tags, heads } = repository
  const untouched = heads.get('main')?.target === first.oid
  if (atomic && moves > 0) expect([untouched, tags.size]).toEqual([false, 1])
}

describe('a request of receive-pack that was tampered with', () => {
  const piece = fc.integer({ min: 1, max: 2000 })

  it('never crashes, hangs or is half applied', async () => {
    const request = pushRequest(commands, pack, 'report-status side-band-64k')
    await fc.assert(
      fc.asyncProperty(edits, piece, (list, size) => survive(mutate(request, list), false, size)),
      { numRuns: 2000 },
    )
  })

  it('never does with a sum that is right', async () => {
    await fc.assert(
      fc.asyncProperty(edits, piece, (list, size) => {
        const changed = withChecksum(mutate(pack.subarray(0, -20), list))
        return survive(pushRequest(commands, changed, 'report-status'), false, size)
      }),
      { numRuns: 2000 },
    )
  })

  it('moves all refs or none when it is atomic', async () => {
    const head = pushRequest(commands, null, 'report-status atomic')
    await fc.assert(
      fc.asyncProperty(edits, edits, piece, fc.boolean(), (list, more, size, summed) => {
        const changed = summed ? withChecksum(mutate(pack.subarray(0, -20), list)) : mutate(pack, list)
        // Only the ids and names of the commands: a request that loses the word `atomic` is another request.
        const start = Buffer.from(head)
        for (const { at, bytes } of more) {
          const place = 4 + Math.floor(at * 80)
          start.set(bytes.subarray(0, Math.min(bytes.length, 84 - place)), place)
        }
        return survive(Buffer.concat([start, changed]), true, size)
      }),
      { numRuns: 1000 },
    )
  })
})
