import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSignature, encodeSignature, formatZone, tidyIdentity } from '../../src/git/signature.ts'
import { anySignature } from './any-signature.ts'
import { RealGit } from './real-git.ts'

let git: RealGit
beforeAll(() => {
  git = new RealGit()
})
afterAll(() => git.remove())

describe('a signature line', () => {
  it.each([
    ['+0000', 0],
    ['+0530', 330],
    ['-0330', -210],
    ['+1245', 765],
    ['-0000', -0],
    ['+1400', 840],
    ['-1200', -720],
  ])('holds the zone %s as %d minutes', (zone, offset) => {
    const line = `Ada Lovelace <ada@example.test> 1700000000 ${zone}`
    const signature = { name: 'Ada Lovelace', email: 'ada@example.test', time: 1700000000, offset }
    expect(decodeSignature(line)).toEqual(signature)
    expect(encodeSignature(signature)).toBe(line)
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anySignature, (signature) => {
        expect(decodeSignature(encodeSignature(signature))).toEqual(signature)
      }),
    )
  })

  it('never holds characters that would end it early', () => {
    const signature = { name: 'A<d>\na', email: 'a>\0b@c', time: 1.9, offset: 60 }
    expect(encodeSignature(signature)).toBe('Ada <ab@c> 1 +0100')
  })

  it.each([
    'Ada <ada@x.test> 1700000000 +0200',
    'Ada <ada@x.test>',
    'Ada <ada@x.test> ',
    'Ada <ada@x.test> soon',
    'Ada <ada@x.test> 1700000000',
    'Ada <ada@x.test> 17e8 +0000',
    'Ada <ada@x.test> 99999999999999999999999 +0000',
    ' <> 12 +0000',
    '<ada@x.test> 12 +0000',
    'Ada 12 +0000',
    'Ada ada@x.test> 12 +0000',
    'Ada <ada@x.test 12 +0000',
    '12 +0000',
    '',
    'Zoë Ünïcode <zoë@x.test> 12 +0000',
    'Ada, Countess; "of" Lovelace. <ada@x.test> 12 +0000',
  ])('is read as git reads it, however broken: %s', (line) => {
    const commit = `tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor ${line}\ncommitter ${line}\n\nm\n`
    const oid = git.run(['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], { input: commit })
    const [name, email] = git.run(['log', '-1', '--format=%an%x00%ae', oid]).split('\0')
    const decoded = decodeSignature(line)
    expect([decoded.name, decoded.email]).toEqual([name, email])
    git.run(['update-ref', 'refs/heads/main', oid])
    const [time] = git.lines(['for-each-ref', '--format=%(creatordate:unix)', 'refs/heads/main'])
    expect(decoded.time).toBe(Number(time ?? 0))
  })
})

describe('a zone', () => {
  it('is written with two digits each for hours and minutes', () => {
    expect([0, -0, 5, -5, 330, -720].map(formatZone)).toEqual([
      '+0000',
      '-0000',
      '+0005',
      '-0005',
      '+0530',
      '-1200',
    ])
  })
})

describe('an identity', () => {
  it.each(['Ada Jr.', ' Ada ', '"Ada"', 'Ada, Esq.,', "O'Hara'", 'A<d>a', 'Ada\tL', '.Ada.;:', 'Zoë'])(
    'is tidied as git does it: %s',
    (name) => {
      const ident = git.run(['var', 'GIT_AUTHOR_IDENT'], {
        env: { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: ` <${name}> ` },
      })
      expect(`${tidyIdentity(name)} <${tidyIdentity(` <${name}> `)}>`).toBe(
        ident.replace(/ \d+ [+-]\d{4}$/, ''),
      )
    },
  )
})
