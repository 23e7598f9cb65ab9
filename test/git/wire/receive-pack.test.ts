import { describe, expect, it } from 'vitest'
import { Repository } from '../../../src/git/repository.ts'
import type { MovingRef, PushRules } from '../../../src/git/wire/push-rules.ts'
import { PackBuilder, packOf, sample } from '../pack-builder.ts'
import { type Answer, answerTo, permissive, pushRequest, readAnswer, stateOf, ZERO } from './push-request.ts'

const tree = sample.tree()
const first = sample.commit(tree.oid)
const second = sample.commit(tree.oid, [first.oid], 'Second\n')
const other = sample.commit(tree.oid, [], 'Other\n')
const tag = sample.tag(first.oid)
const EMPTY = packOf()

/** `main` and the tag `v1`, both at the first commit. */
function repositoryOf(): Repository {
  const repository = Repository.create('main')
  repository.objects.write('blob', sample.blob.data)
  repository.objects.write('tree', tree.data)
  repository.objects.write('commit', first.data)
  repository.update([
    { ref: 'refs/heads/main', after: first.oid },
    { ref: 'refs/tags/v1', after: first.oid },
  ])
  return repository
}

async function push(
  repository: Repository,
  commands: readonly string[],
  pack: Buffer | null = EMPTY,
  more: { capabilities?: string; options?: readonly string[]; rules?: PushRules } = {},
): Promise<Answer> {
  const capabilities = `report-status side-band-64k ${more.capabilities ?? ''}`
  const request = pushRequest(commands, pack, capabilities, more.options ?? null)
  return readAnswer(await answerTo(repository, request, more.rules), true)
}

describe('a push', () => {
  it('creates, moves and deletes refs of every kind, in the order of its commands', async () => {
    const repository = repositoryOf()
    const pack = packOf(['commit', second.data], ['tag', tag.data])
    const answer = await push(
      repository,
      [
        `${first.oid} ${second.oid} refs/heads/main`,
        `${ZERO} ${tag.oid} refs/tags/annotated`,
        `${ZERO} ${first.oid} refs/notes/x`,
        `${first.oid} ${ZERO} refs/tags/v1`,
      ],
      pack,
    )
    expect(answer).toEqual({
      report: [
        'unpack ok\n',
        'ok refs/heads/main\n',
        'ok refs/tags/annotated\n',
        'ok refs/notes/x\n',
        'ok refs/tags/v1\n',
      ],
      messages: '',
    })
    expect([...repository.refs()]).toEqual([
      ['refs/heads/main', second.oid],
      ['refs/notes/x', first.oid],
      ['refs/tags/annotated', tag.oid],
    ])
  })

  it('of a flush alone is answered with nothing', async () => {
    expect((await answerTo(repositoryOf(), Buffer.from('0000'))).length).toBe(0)
  })

  it('that only deletes has no pack', async () => {
    const repository = repositoryOf()
    const { report } = await push(repository, [`${first.oid} ${ZERO} refs/tags/v1`], null)
    expect(report).toEqual(['unpack ok\n', 'ok refs/tags/v1\n'])
    expect(repository.tags.size).toBe(0)
  })

  it('that changes nothing says ok, and asks and moves nobody', async () => {
    const repository = repositoryOf()
    const nobody = (): never => {
      throw new Error('asked')
    }
    const { report } = await push(repository, [`${first.oid} ${first.oid} refs/tags/v1`], EMPTY, {
      rules: { judge: nobody, move: nobody },
    })
    expect(report).toEqual(['unpack ok\n', 'ok refs/tags/v1\n'])
  })

  it('that deletes what was never there is warned', async () => {
    const { report, messages } = await push(repositoryOf(), [`${ZERO} ${ZERO} refs/tags/none`], null)
    expect(report).toEqual(['unpack ok\n', 'ok refs/tags/none\n'])
    expect(messages).toBe('warning: deleting a non-existent ref\n')
  })

  it('publishes nothing when no ref moves', async () => {
    const repository = repositoryOf()
    const before = stateOf(repository)
    await push(repository, [`${second.oid} ${second.oid} refs/heads/main`], packOf(['commit', second.data]))
    expect(stateOf(repository)).toBe(before)
  })

  it('publishes only what is complete', async () => {
    const repository = repositoryOf()
    const broken = sample.commit('9'.repeat(40), [], 'Broken\n')
    const onTop = sample.tag(broken.oid, 'commit', 'broken')
    const { report } = await push(
      repository,
      [
        `${first.oid} ${second.oid} refs/heads/main`,
        `${ZERO} ${broken.oid} refs/heads/broken`,
        `${ZERO} ${onTop.oid} refs/tags/broken`,
      ],
      packOf(['commit', second.data], ['commit', broken.data], ['tag', onTop.data]),
    )
    expect(report).toEqual([
      'unpack ok\n',
      'ok refs/heads/main\n',
      'ng refs/heads/broken missing necessary objects\n',
      'ng refs/tags/broken missing necessary objects\n',
    ])
    expect(repository.objects.has(broken.oid)).toBe(false)
    expect(repository.objects.has(onTop.oid)).toBe(false)
    expect(repository.objects.has(second.oid)).toBe(true)
  })
})

describe('a ref is not moved', () => {
  const blob = sample.blob.oid
  it.each([
    [
      'when it is created twice',
      `${ZERO} ${first.oid} refs/tags/v1`,
      'failed to update ref',
      "error: cannot lock ref 'refs/tags/v1': reference already exists\n",
    ],
    [
      'when it was elsewhere',
      `${other.oid} ${first.oid} refs/tags/v1`,
      'failed to update ref',
      `error: cannot lock ref 'refs/tags/v1': is at ${first.oid} but expected ${other.oid}\n`,
    ],
    [
      'when it is gone',
      `${first.oid} ${ZERO} refs/tags/gone`,
      'failed to update ref',
      "error: cannot lock ref 'refs/tags/gone': unable to resolve reference 'refs/tags/gone'\n",
    ],
    [
      'below another ref',
      `${ZERO} ${first.oid} refs/tags/v1/x`,
      'failed to update ref',
      "error: cannot lock ref 'refs/tags/v1/x': 'refs/tags/v1' exists; cannot create 'refs/tags/v1/x'\n",
    ],
    ['to what nobody has', `${ZERO} ${other.oid} refs/tags/x`, 'missing necessary objects', ''],
    [
      'to a file, when it is a branch',
      `${ZERO} ${blob} refs/heads/x`,
      'failed to update ref',
      `error: cannot update ref 'refs/heads/x': trying to write non-commit object ${blob} to branch 'refs/heads/x'\n`,
    ],
    [
      'outside of refs/',
      `${ZERO} ${first.oid} HEAD`,
      'funny refname',
      "error: refusing to update funny ref 'HEAD' remotely\n",
    ],
    [
      'right below refs/',
      `${ZERO} ${first.oid} refs/x`,
      'funny refname',
      "error: refusing to update funny ref 'refs/x' remotely\n",
    ],
    [
      'under no name for a ref',
      `${ZERO} ${first.oid} refs/tags/a..b`,
      'funny refname',
      "error: refusing to update funny ref 'refs/tags/a..b' remotely\n",
    ],
    [
      'away, when it is the default branch',
      `${first.oid} ${ZERO} refs/heads/main`,
      'deletion of the current branch prohibited',
      'error: refusing to delete the current branch: refs/heads/main\n',
    ],
  ])('%s', async (_when, command, reason, messages) => {
    const repository = repositoryOf()
    const before = stateOf(repository)
    const ref = command.slice(82)
    expect(await push(repository, [command])).toEqual({
      report: ['unpack ok\n', `ng ${ref} ${reason}\n`],
      messages,
    })
    expect(stateOf(repository)).toBe(before)
  })

  it('while others are', async () => {
    const repository = repositoryOf()
    const { report } = await push(repository, [
      `${ZERO} ${first.oid} refs/tags/v2`,
      `${ZERO} ${first.oid} refs/tags/v2/x`,
      `${ZERO} ${first.oid} refs/tags/a/b`,
      `${ZERO} ${first.oid} refs/tags/a`,
      `${ZERO} ${first.oid} refs/tags/v3`,
      `${ZERO} ${first.oid} refs/tags/v3`,
    ])
    expect(report).toEqual([
      'unpack ok\n',
      'ok refs/tags/v2\n',
      'ng refs/tags/v2/x failed to update ref\n',
      'ok refs/tags/a/b\n',
      'ng refs/tags/a failed to update ref\n',
      'ok refs/tags/v3\n',
      'ng refs/tags/v3 failed to update ref\n',
    ])
    expect([...repository.tags.entries('name', 'asc')].map(({ name }) => name)).toEqual([
      'a/b',
      'v1',
      'v2',
      'v3',
    ])
  })

  it('in the way of one that the same push deletes', async () => {
    const repository = repositoryOf()
    const { report } = await push(repository, [
      `${ZERO} ${first.oid} refs/tags/v1/x`,
      `${first.oid} ${ZERO} refs/tags/v1`,
    ])
    expect(report).toEqual(['unpack ok\n', 'ok refs/tags/v1/x\n', 'ok refs/tags/v1\n'])
  })

  it('from a history that is cut off', async () => {
    const shallow = Buffer.from(`0034shallow ${second.oid}`)
    const request = pushRequest([`${ZERO} ${second.oid} refs/heads/x`], packOf(['commit', second.data]))
    const repository = repositoryOf()
    const { report } = readAnswer(await answerTo(repository, Buffer.concat([shallow, request])), false)
    expect(report).toEqual(['unpack ok\n', 'ng refs/heads/x shallow update not allowed\n'])
  })

  it('to a tag at the head of too long a chain', async () => {
    const builder = new PackBuilder()
    let last = tag
    builder.whole('tag', tag.data)
    for (let i = 0; i < 1100; i += 1) {
      last = sample.tag(last.oid, 'tag', `t${i}`)
      builder.whole('tag', last.data)
    }
    const { report } = await push(repositoryOf(), [`${ZERO} ${last.oid} refs/tags/x`], builder.build())
    expect(report).toEqual(['unpack ok\n', 'ng refs/tags/x failed to update ref\n'])
  })
})

describe('an atomic push', () => {
  it('moves all or nothing', async () => {
    const repository = repositoryOf()
    const before = stateOf(repository)
    const good = `${first.oid} ${second.oid} refs/heads/main`
    const pack = packOf(['commit', second.data])
    const capabilities = 'atomic'
    const { report } = await push(repository, [good, `${ZERO} ${first.oid} refs/tags/v1`], pack, {
      capabilities,
    })
    expect(report).toEqual([
      'unpack ok\n',
      'ng refs/heads/main atomic push failure\n',
      'ng refs/tags/v1 failed to update ref\n',
    ])
    expect(stateOf(repository)).toBe(before)
    expect((await push(repository, [good], pack, { capabilities })).report).toEqual([
      'unpack ok\n',
      'ok refs/heads/main\n',
    ])
  })
})

describe('the rules of a vendor', () => {
  it('are asked once, with what would change', async () => {
    const repository = repositoryOf()
    const asked: [MovingRef[], readonly string[]][] = []
    const rules: PushRules = {
      ...permissive(repository),
      judge: (changes, options) => {
        asked.push([
          changes.map(({ ref, before, after, forced }) => ({ ref, before, after, forced })),
          options,
        ])
        return { refused: new Map(), messages: ['Welcome.'] }
      },
    }
    const pack = packOf(['commit', second.data], ['commit', other.data])
    const commands = [
      `${first.oid} ${second.oid} refs/heads/main`,
      `${first.oid} ${other.oid} refs/tags/v1`,
      `${ZERO} ${first.oid} refs/tags/v1/clash`,
    ]
    const { messages } = await push(repository, commands, pack, {
      capabilities: 'push-options',
      options: ['a=b'],
      rules,
    })
    expect(asked).toEqual([
      [
        [
          { ref: 'refs/heads/main', before: first.oid, after: second.oid, forced: false },
          { ref: 'refs/tags/v1', before: first.oid, after: other.oid, forced: true },
        ],
        ['a=b'],
      ],
    ])
    expect(messages).toMatch(/Welcome\.\n$/)
    asked.length = 0
    await push(repository, [`${second.oid} ${other.oid} refs/heads/main`], EMPTY, { rules })
    expect(asked[0]?.[0][0]?.forced).toBe(true)
  })

  it('refuse refs one by one, in the words of the vendor', async () => {
    const repository = repositoryOf()
    const rules: PushRules = {
      ...permissive(repository),
      judge: () => ({ refused: new Map([['refs/tags/v2', 'hook declined']]), messages: ['No.'] }),
    }
    const commands = [`${ZERO} ${first.oid} refs/tags/v2`, `${ZERO} ${first.oid} refs/tags/v3`]
    expect(await push(repository, commands, EMPTY, { rules })).toEqual({
      report: ['unpack ok\n', 'ng refs/tags/v2 hook declined\n', 'ok refs/tags/v3\n'],
      messages: 'No.\n',
    })
  })
})

describe('a pack that is not taken', () => {
  it('fails every command, and nothing changes', async () => {
    const repository = repositoryOf()
    const before = stateOf(repository)
    const commands = [`${ZERO} ${second.oid} refs/heads/x`, `${first.oid} ${ZERO} refs/tags/v1`]
    expect(await push(repository, commands, packOf(['commit', second.data]).subarray(0, -5))).toEqual({
      report: [
        'unpack index-pack abnormal exit\n',
        'ng refs/heads/x unpacker error\n',
        'ng refs/tags/v1 unpacker error\n',
      ],
      messages: 'fatal: early EOF\n',
    })
    expect(stateOf(repository)).toBe(before)
  })

  it('may be missing altogether', async () => {
    expect((await push(repositoryOf(), [`${ZERO} ${first.oid} refs/heads/x`], null)).report).toEqual([
      'unpack eof before pack header was fully read\n',
      'ng refs/heads/x unpacker error\n',
    ])
  })
})
