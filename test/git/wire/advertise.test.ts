import { describe, expect, it } from 'vitest'
import { Repository } from '../../../src/git/repository.ts'
import { advertiseRefs } from '../../../src/git/wire/advertise.ts'
import { parsePackets } from '../../../src/git/wire/packet-parser.ts'
import { listMatchingRefs } from '../../../src/git/wire/ref-list.ts'
import { sampleRepository, writeCommit } from './sample.ts'

const { repository, commits, tag, nested } = sampleRepository()
const [first, , last] = commits

function advertised(from: Repository, options: Partial<Parameters<typeof advertiseRefs>[1]> = {}): string[] {
  const message = Buffer.concat([
    ...advertiseRefs(from, {
      service: 'git-upload-pack',
      version: 0,
      capabilities: ['ofs-delta', 'agent=x'],
      ...options,
    }),
  ])
  return parsePackets(message).map(String)
}

describe('advertiseRefs', () => {
  it('lists HEAD, refs in byte order and what tag objects lead to', () => {
    expect(advertised(repository)).toEqual([
      `${last} HEAD\0ofs-delta agent=x symref=HEAD:refs/heads/main\n`,
      `${last} refs/heads/main\n`,
      `${first} refs/notes/commits\n`,
      `${first} refs/tags/light\n`,
      `${tag} refs/tags/v1\n`,
      `${first} refs/tags/v1^{}\n`,
      `${nested} refs/tags/v1-again\n`,
      `${first} refs/tags/v1-again^{}\n`,
      'flush',
    ])
  })

  it('lists refs alone for a push', () => {
    expect(advertised(repository, { service: 'git-receive-pack' })).toEqual([
      `${last} refs/heads/main\0ofs-delta agent=x\n`,
      `${first} refs/notes/commits\n`,
      `${first} refs/tags/light\n`,
      `${tag} refs/tags/v1\n`,
      `${nested} refs/tags/v1-again\n`,
      'flush',
    ])
  })

  it('says what it can do where there is no ref', () => {
    const none = `${'0'.repeat(40)} capabilities^{}\0ofs-delta agent=x\n`
    expect(advertised(Repository.create('main'))).toEqual([none, 'flush'])
    expect(advertised(Repository.create('main'), { version: 1 })).toEqual(['version 1\n', none, 'flush'])
  })

  it('leaves HEAD out while its branch is not born', () => {
    const unborn = Repository.create('main')
    const oid = writeCommit(unborn, { time: 1 })
    unborn.update([{ ref: 'refs/heads/other', after: oid }])
    expect(advertised(unborn)).toEqual([`${oid} refs/heads/other\0ofs-delta agent=x\n`, 'flush'])
  })

  it('lists a tag that leads nowhere without its end', () => {
    const damaged = Repository.create('main')
    const missing = 'a'.repeat(40)
    const text = `object ${missing}\ntype commit\ntag broken\n\nx\n`
    const oid = damaged.objects.write('tag', Buffer.from(text))
    damaged.tags.set('broken', oid)
    expect(advertised(damaged)).toEqual([`${oid} refs/tags/broken\0ofs-delta agent=x\n`, 'flush'])
  })
})

describe('listMatchingRefs', () => {
  const names = (...prefixes: string[]) =>
    [...listMatchingRefs(repository, prefixes)].flatMap(({ folder, entries }) =>
      [...entries].map(({ name }) => folder + name),
    )

  it.each([
    [[], ['refs/heads/main', 'refs/notes/commits', 'refs/tags/light', 'refs/tags/v1', 'refs/tags/v1-again']],
    [['refs/heads/'], ['refs/heads/main']],
    [['refs/tags/v'], ['refs/tags/v1', 'refs/tags/v1-again']],
    [
      ['refs/tags/v1', 'refs/tags/v1-again', 'refs/tags/v1'],
      ['refs/tags/v1', 'refs/tags/v1-again'],
    ],
    [
      ['refs/tags/light', 'refs/heads/m', 'HEAD'],
      ['refs/heads/main', 'refs/tags/light'],
    ],
    [
      ['refs/t', 'refs/tags/light'],
      ['refs/tags/light', 'refs/tags/v1', 'refs/tags/v1-again'],
    ],
    [['refs/notes/'], ['refs/notes/commits']],
    [['nothing'], []],
  ])('lists the refs that begin with %j', (prefixes, expected) => {
    expect(names(...prefixes)).toEqual(expected)
  })
})
