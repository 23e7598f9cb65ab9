import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import type { ObjectType } from '../../src/git/model.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { decodeTag, encodeTag } from '../../src/git/tag-codec.ts'
import { anyMessage, anyOid, anySignature } from './any-signature.ts'
import { RealGit } from './real-git.ts'

const OID = '1'.repeat(40)
const TAGGER = { name: 'Ada Admin', email: 'ada@example.test', time: 1700000000, offset: -210 }

let git: RealGit
let blob: string
beforeAll(() => {
  git = new RealGit()
  blob = git.run(['hash-object', '-w', '--stdin'], { input: 'content' })
})
afterAll(() => git.remove())

describe('a tag object', () => {
  it('has the bytes that `git tag -a` writes', () => {
    const env = { GIT_COMMITTER_DATE: '1700000000 -0330' }
    git.run(['tag', '-a', 'v1/ü', '-m', 'Release\n\nNotes', blob], { env })
    const oid = git.run(['rev-parse', 'refs/tags/v1/ü'])
    const fields = {
      object: blob,
      objectType: 'blob' as const,
      name: 'v1/ü',
      tagger: TAGGER,
      message: 'Release\n\nNotes\n',
      signature: null,
    }
    expect(encodeTag(fields)).toEqual(git.runRaw(['cat-file', 'tag', oid]))
    expect(hashObject('tag', encodeTag(fields))).toBe(oid)
    expect(decodeTag(oid, git.runRaw(['cat-file', 'tag', oid]))).toEqual({ oid, ...fields })
  })

  it('is accepted by `git mktag`', () => {
    const fields = { object: blob, objectType: 'blob' as const, name: 'v2', tagger: TAGGER, message: 'm\n' }
    const data = encodeTag({ ...fields, signature: null })
    expect(git.run(['mktag'], { input: data })).toBe(hashObject('tag', data))
  })

  it('comes back as it was written', () => {
    const fields = fc.record({
      object: anyOid,
      objectType: fc.constantFrom<ObjectType>('commit', 'tree', 'blob', 'tag'),
      name: fc.stringMatching(/^[\w./-]{1,20}$/),
      tagger: fc.option(anySignature, { nil: null }),
      message: anyMessage.map((text) => `${text}\n`),
      signature: fc.constantFrom(
        null,
        '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n',
        '-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n',
      ),
    })
    fc.assert(
      fc.property(fields, (tag) => {
        expect(decodeTag(OID, encodeTag(tag))).toEqual({ oid: OID, ...tag })
      }),
    )
  })

  it.each(['PGP SIGNATURE', 'PGP MESSAGE', 'SSH SIGNATURE', 'SIGNED MESSAGE'])(
    'is split from its %s where git splits it',
    (kind) => {
      const signature = `-----BEGIN ${kind}-----\nabc\n-----END ${kind}-----\n`
      const quoted = `See -----BEGIN ${kind}-----\n-----BEGIN ${kind}-----\nquoted\n`
      const body = `Subject\n\n${quoted}`
      const fields = { object: blob, objectType: 'blob' as const, name: 'signed', tagger: TAGGER }
      const data = encodeTag({ ...fields, message: body, signature })
      const oid = git.run(['hash-object', '-t', 'tag', '-w', '--stdin'], { input: data })
      git.run(['update-ref', 'refs/tags/signed', oid])
      const tag = decodeTag(oid, data)
      expect(tag.message).toBe(body)
      expect(tag.signature).toBe(signature)
      const shown = git.run(['for-each-ref', '--format=%(contents:signature)', 'refs/tags/signed'])
      expect(`${shown.trimEnd()}\n`).toBe(signature)
    },
  )

  it('leaves a block in the message that is no signature', () => {
    const data = Buffer.from(`object ${OID}\ntype commit\ntag v1\n\nx\n-----BEGIN CERTIFICATE-----\n`)
    expect(decodeTag(OID, data)).toEqual({
      oid: OID,
      object: OID,
      objectType: 'commit',
      name: 'v1',
      tagger: null,
      message: 'x\n-----BEGIN CERTIFICATE-----\n',
      signature: null,
    })
  })

  it('may end after its headers', () => {
    const tag = decodeTag(OID, Buffer.from(`object ${OID}\ntype tree\ntag v1\ntagger A <a@x>\n`))
    expect(tag.tagger).toEqual({ name: 'A', email: 'a@x', time: 0, offset: 0 })
    expect(tag.message).toBe('')
  })

  it.each([
    '',
    'object 12\ntype commit\ntag v1\n\n',
    `object ${OID}\ntype branch\ntag v1\n\n`,
    `object ${OID}\ntype commit\n\n`,
    `type commit\nobject ${OID}\ntag v1\n\n`,
  ])('is corrupt without its first three lines: %j', (text) => {
    expect(() => decodeTag(OID, Buffer.from(text))).toThrow(ForgeError)
  })
})
