import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openDiskRepository } from '../../src/git/disk-repository.ts'
import { readRefsWithGit, Workshop } from './sample-repository.ts'

const workshop = new Workshop()
const ABSENT = 'f'.repeat(40)
let name: string
let path: string
let count = 0
beforeEach(() => {
  count += 1
  name = `refs-${count}`
  path = workshop.makeSample(name, 12)
})
afterAll(() => workshop.remove())

function write(file: string, content: string): void {
  mkdirSync(dirname(join(path, file)), { recursive: true })
  writeFileSync(join(path, file), content)
}

describe('the refs of a repository on disk', () => {
  it.each([['pack-refs', '--all'], ['pack-refs', '--all', '--no-prune'], ['count-objects']])(
    'are those of git after %s %s',
    (...command) => {
      workshop.git(name, command.filter(Boolean))
      const { refs, head, warnings } = openDiskRepository(path)
      expect(refs.size).toBe(26)
      expect(refs).toEqual(readRefsWithGit(workshop, name))
      expect(head).toEqual({ ref: 'refs/heads/main' })
      expect(warnings).toEqual([])
    },
  )

  it('are taken from their own files before packed-refs', () => {
    workshop.git(name, ['pack-refs', '--all'])
    workshop.git(name, ['update-ref', 'refs/tags/v1.3', 'refs/tags/v1.4'])
    workshop.git(name, ['update-ref', 'refs/notes/commits', 'main'])
    expect(openDiskRepository(path).refs).toEqual(readRefsWithGit(workshop, name))
  })

  it('may be packed in any order, with peeled ids between them and without a last line feed', () => {
    workshop.git(name, ['pack-refs', '--all'])
    const expected = readRefsWithGit(workshop, name)
    const text = readFileSync(join(path, 'packed-refs'), 'utf8')
    expect(text).toContain('\n^')
    const records = text.split('\n').slice(1, -1).join('\n').replaceAll('\n^', '^').split('\n')
    write('packed-refs', records.reverse().join('\n').replaceAll('^', '\n^'))
    expect(openDiskRepository(path).refs).toEqual(expected)
  })

  it('may lead to other refs, which need not exist', () => {
    workshop.git(name, ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/main'])
    workshop.git(name, ['symbolic-ref', 'refs/heads/alias', 'refs/remotes/origin/HEAD'])
    workshop.git(name, ['symbolic-ref', 'refs/heads/dangling', 'refs/heads/nowhere'])
    workshop.git(name, ['symbolic-ref', 'refs/heads/circle', 'refs/heads/circle'])
    const { refs, warnings } = openDiskRepository(path)
    expect(refs).toEqual(readRefsWithGit(workshop, name))
    expect(refs.get('refs/heads/alias')).toBe(refs.get('refs/heads/main'))
    expect(warnings).toEqual([
      'refs/heads/circle was left out: it leads to no object',
      'refs/heads/dangling was left out: it leads to no object',
    ])
  })

  it('are left out with a warning when git would not take their name or cannot read them', () => {
    const oid = workshop.git(name, ['rev-parse', 'main'])
    write('refs/heads/bad..name', `${oid}\n`)
    write('refs/heads/empty', '')
    write('refs/heads/broken', 'nonsense\n')
    write('refs/heads/held.lock', `${oid}\n`)
    write('refs/heads/fine', `${oid} and more\n`)
    const { refs, warnings } = openDiskRepository(path)
    expect(refs).toEqual(readRefsWithGit(workshop, name))
    expect(refs.get('refs/heads/fine')).toBe(oid)
    expect(warnings).toEqual([
      "refs/heads/bad..name was left out: a ref name cannot contain '..'",
      'refs/heads/broken was left out: it leads to no object',
      'refs/heads/empty was left out: it leads to no object',
    ])
  })

  it('may have names beyond ASCII', () => {
    workshop.git(name, ['update-ref', 'refs/tags/выпуск/1', 'main'])
    workshop.git(name, ['pack-refs', '--all'])
    workshop.git(name, ['update-ref', 'refs/tags/版本', 'main'])
    const { refs } = openDiskRepository(path)
    expect(refs.get('refs/tags/выпуск/1')).toBe(refs.get('refs/heads/main'))
    expect(refs.get('refs/tags/版本')).toBe(refs.get('refs/heads/main'))
  })

  it.each([
    ['a ref of its own file', () => write('refs/tags/lost', `${ABSENT}\n`), 'refs/tags/lost'],
    [
      'a packed ref',
      () => appendFileSync(join(path, 'packed-refs'), `${ABSENT} refs/tags/lost\n`),
      'refs/tags/lost',
    ],
    ['a detached HEAD', () => write('HEAD', `${ABSENT}\n`), 'HEAD'],
  ])('are an error when the object of %s is missing', (_what, change, ref) => {
    change()
    const message = `${ref} leads to ${ABSENT}, which is missing`
    expect(() => openDiskRepository(path)).toThrow(message)
  })
})

describe('the HEAD of a repository on disk', () => {
  it('may be detached', () => {
    const oid = workshop.git(name, ['rev-parse', 'main~2'])
    workshop.git(name, ['update-ref', '--no-deref', 'HEAD', oid])
    expect(openDiskRepository(path).head).toEqual({ oid })
  })

  it('may name a branch that is not born yet', () => {
    workshop.git(name, ['symbolic-ref', 'HEAD', 'refs/heads/later'])
    expect(openDiskRepository(path).head).toEqual({ ref: 'refs/heads/later' })
  })

  it.each(['', 'nonsense', 'ref: ', 'ref: refs/heads/bad..name'])(
    'is an error when it holds %j',
    (content) => {
      write('HEAD', content)
      expect(() => openDiskRepository(path)).toThrow('HEAD names neither a ref nor an object')
    },
  )
})
