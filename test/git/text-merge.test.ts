import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mergeTexts } from '../../src/git/text-merge.ts'

const text = (...lines: string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''))
const base = text('one', 'two', 'three', 'four', 'five')

describe('merging texts', () => {
  it('takes over what either side changed', () => {
    const ours = text('ONE', 'two', 'three', 'four', 'five')
    const theirs = text('one', 'two', 'three', 'four', 'FIVE')
    expect(mergeTexts(base, ours, theirs)).toEqual(text('ONE', 'two', 'three', 'four', 'FIVE'))
  })

  it('takes the same change of both sides once', () => {
    const both = text('one', 'two', 'new', 'four', 'five')
    expect(mergeTexts(base, both, both)).toEqual(both)
  })

  it('refuses different changes of one line', () => {
    expect(mergeTexts(text('a', 'b'), text('a', 'B'), text('a', 'c'))).toBeNull()
  })

  it('refuses changes of lines that touch', () => {
    const ours = text('one', 'TWO', 'three', 'four', 'five')
    const theirs = text('one', 'two', 'THREE', 'four', 'five')
    expect(mergeTexts(base, ours, theirs)).toBeNull()
  })

  it('merges changes with one untouched line between them', () => {
    const ours = text('one', 'TWO', 'three', 'four', 'five')
    const theirs = text('one', 'two', 'three', 'FOUR', 'five')
    expect(mergeTexts(base, ours, theirs)).toEqual(text('one', 'TWO', 'three', 'FOUR', 'five'))
  })

  it('tells a last line with its newline from one without', () => {
    expect(mergeTexts(Buffer.from('a\nb'), Buffer.from('A\nb'), Buffer.from('a\nb\n'))).toBeNull()
    expect(mergeTexts(Buffer.from('a\nx\nb'), Buffer.from('A\nx\nb'), Buffer.from('a\nx\nb\n'))).toEqual(
      Buffer.from('A\nx\nb\n'),
    )
  })

  it('refuses binary files', () => {
    const binary = Buffer.from('a\0b')
    expect(mergeTexts(binary, Buffer.from('a\0c'), binary)).toBeNull()
  })

  it('keeps bytes that are no UTF-8', () => {
    const odd = (first: string, last: string) => Buffer.from(`${first}\nx\n\xff\xfe\n${last}\n`, 'latin1')
    expect(mergeTexts(odd('a', 'b'), odd('A', 'b'), odd('a', 'B'))).toEqual(odd('A', 'B'))
  })

  it('gives up on texts built to take the square of their length', () => {
    const size = 60_000
    const lines = (seed: number) =>
      text(...Array.from({ length: size }, (_, i) => String((i * seed + (i % 7)) % 900)))
    const began = performance.now()
    mergeTexts(lines(3), lines(7), lines(11))
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})

describe('against git merge-file', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fakeforge-merge-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** git's result, or null for a conflict. */
  function mergeWithGit(texts: readonly Buffer[]): Buffer | null {
    const files = texts.map((content, i) => {
      const file = join(folder, `text-${i}`)
      writeFileSync(file, content)
      return file
    })
    const [root = '', ours = '', theirs = ''] = files
    const { status, stdout } = spawnSync('git', ['merge-file', '-p', ours, root, theirs])
    return status === 0 ? stdout : null
  }

  it('agrees about edits of texts whose lines are all different', () => {
    const edit = fc.record({ at: fc.nat(11), remove: fc.nat(2), insert: fc.constantFrom('', 'x', 'y', 'xy') })
    const edits = fc.array(edit, { maxLength: 3 })
    const apply = (changes: readonly { at: number; remove: number; insert: string }[]) => {
      const lines = Array.from('abcdefghijkl')
      for (const { at, remove, insert } of changes) lines.splice(at, remove, ...Array.from(insert))
      return text(...lines)
    }
    fc.assert(
      fc.property(edits, edits, (left, right) => {
        const texts = [apply([]), apply(left), apply(right)] as const
        expect(mergeTexts(...texts)?.toString()).toEqual(mergeWithGit(texts)?.toString())
      }),
      { numRuns: 300 },
    )
  })
})
