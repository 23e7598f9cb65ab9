import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import { decodeCommit, encodeCommit } from '../../src/git/commit-codec.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { anyMessage, anyOid, anySignature } from './any-signature.ts'
import { RealGit } from './real-git.ts'

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const OID = '1'.repeat(40)

let git: RealGit
beforeAll(() => {
  git = new RealGit()
  git.run(['hash-object', '-t', 'tree', '-w', '--stdin'])
})
afterAll(() => git.remove())

/** The commit that git makes: its id and its bytes. */
function commitTree(args: readonly string[], env: Record<string, string>, input: string) {
  const oid = git.run(['commit-tree', EMPTY_TREE, ...args], { env, input })
  return { oid, data: git.runRaw(['cat-file', 'commit', oid]) }
}

describe('a commit', () => {
  it.each([
    ['Ada Admin', '1700000000 +0530'],
    ['Zoë Ünïcode', '1700000000 -0330'],
    ['李', '@0 +1245'],
    ["O'Neil (work)", '1234567890 -0000'],
  ])('has the bytes and the id that git gives it: %s %s', (name, date) => {
    const env = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: '1700000001 +0000',
    }
    const { oid, data } = commitTree([], env, 'Subject\n\nBody\n')
    const commit = decodeCommit(oid, data)
    expect(commit.author.name).toBe(name)
    expect(commit.message).toBe('Subject\n\nBody\n')
    expect(encodeCommit(commit)).toEqual(data)
    expect(hashObject('commit', encodeCommit(commit))).toBe(oid)
  })

  it('keeps all parents of a merge in order', () => {
    const env = { GIT_AUTHOR_DATE: '@1 +0000', GIT_COMMITTER_DATE: '@1 +0000' }
    const parents = ['a', 'b', 'c'].map((message) => commitTree([], env, message).oid)
    const { oid, data } = commitTree(
      parents.flatMap((parent) => ['-p', parent]),
      env,
      'merge\n',
    )
    const commit = decodeCommit(oid, data)
    expect(commit.parents).toEqual(parents)
    expect(encodeCommit(commit)).toEqual(data)
  })

  it('comes back as it was written', () => {
    const fields = fc.record({
      tree: anyOid,
      parents: fc.array(anyOid, { maxLength: 3 }),
      author: anySignature,
      committer: anySignature,
      message: anyMessage,
      signature: fc.option(
        anyMessage.map((text) => `-----BEGIN${text}`),
        { nil: null },
      ),
    })
    fc.assert(
      fc.property(fields, (commit) => {
        expect(decodeCommit(OID, encodeCommit(commit))).toEqual({ oid: OID, ...commit })
      }),
    )
  })

  it('holds its armoured signature without the continuation spaces', () => {
    const signature = '-----BEGIN PGP SIGNATURE-----\n\niQ==\n=abc\n-----END PGP SIGNATURE-----\n'
    const data = Buffer.from(
      `tree ${EMPTY_TREE}\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n =abc\n -----END PGP SIGNATURE-----\n \n\nmessage\n`,
    )
    const commit = decodeCommit(OID, data)
    expect(commit.signature).toBe(signature)
    expect(commit.message).toBe('message\n')
    expect(encodeCommit(commit)).toEqual(data)
  })

  it('may hold headers that nobody knows', () => {
    const data = Buffer.from(
      `tree ${EMPTY_TREE}\nparent ${OID}\nauthor A <a@x> 1 +0000\ncommitter B <b@x> 2 +0000\nmergetag object ${OID}\n type commit\n tag v1\n tagger C <c@x> 3 +0000\n \n parent of nothing\nHG:extra rebase_source:abc\nempty\n\nmessage`,
    )
    expect(decodeCommit(OID, data)).toEqual({
      oid: OID,
      tree: EMPTY_TREE,
      parents: [OID],
      author: { name: 'A', email: 'a@x', time: 1, offset: 0 },
      committer: { name: 'B', email: 'b@x', time: 2, offset: 0 },
      message: 'message',
      signature: null,
    })
  })

  it.each([
    ['ISO-8859-1', Buffer.from('Zo\xeb \xa7\x80', 'latin1'), 'Zo\xeb \xa7\x80'],
    ['ISO-8859-15', Buffer.from('10 \xa4', 'latin1'), '10 €'],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
    ['CP932', Buffer.from([0x93, 0xfa]), '日'],
    ['UTF-8', Buffer.from('Zoë'), 'Zoë'],
    ['no-such-charset', Buffer.from('Zoë'), 'Zoë'],
  ])('is read in the encoding that it names: %s', (encoding, bytes, text) => {
    const data = Buffer.concat([
      Buffer.from(`tree ${EMPTY_TREE}\nauthor `),
      bytes,
      Buffer.from(` <a@x> 1 +0000\ncommitter B <b@x> 1 +0000\nencoding ${encoding}\n\n`),
      bytes,
    ])
    const commit = decodeCommit(OID, data)
    expect([commit.author.name, commit.message]).toEqual([text, text])
  })

  it('may lack its people, its message and the empty line', () => {
    const nobody = { name: '', email: '', time: 0, offset: 0 }
    const commit = decodeCommit(OID, Buffer.from(`tree ${EMPTY_TREE}\n`))
    expect(commit).toEqual({
      oid: OID,
      tree: EMPTY_TREE,
      parents: [],
      author: nobody,
      committer: nobody,
      message: '',
      signature: null,
    })
  })

  it.each([
    '',
    'nonsense',
    'tree 123\n',
    `parent ${OID}\ntree ${EMPTY_TREE}\n`,
    `tree ${EMPTY_TREE}\nparent 12\n`,
  ])('is corrupt without a tree in front or with a parent that is no id: %j', (text) => {
    expect(() => decodeCommit(OID, Buffer.from(text))).toThrow(ForgeError)
  })
})
