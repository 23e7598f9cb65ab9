import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotDer, readElements, readInteger } from '../../../src/vendors/gitlab/der.ts'
import { toJson, toJsonWithIntegers } from '../../../src/vendors/gitlab/json.ts'
import { readSigner } from '../../../src/vendors/gitlab/x509.ts'
import { SERIAL, Signer } from './x509-signer.ts'

let signer: Signer
let cms: Buffer
const armor = (bytes: Buffer) =>
  `-----BEGIN SIGNED MESSAGE-----\n${bytes.toString('base64')}\n-----END SIGNED MESSAGE-----\n`

beforeAll(() => {
  signer = new Signer()
  signer.certify('authority', '/CN=PKI', 'authority')
  signer.certify('ada', '/CN=ada', 'person', 'authority')
  signer.tagWithCms('cms', 'ada')
  const pem = signer.git(['cat-file', 'tag', 'cms']).split('-----BEGIN SIGNED MESSAGE-----')[1] ?? ''
  cms = Buffer.from(pem.replace(/-----[^-]*-----/g, ''), 'base64')
})
afterAll(() => signer.remove())

describe('the signer of a CMS message', () => {
  it('is read from the bytes that openssl wrote', () => {
    expect(readSigner(armor(cms))).toMatchObject({
      subject: 'CN=ada',
      email: 'ada@example.test',
      serial: SERIAL,
    })
  })

  it('is null, never an error, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readSigner(armor(Buffer.from(bytes)))).toBeNull()
      }),
    )
  })

  it('is facts or null, never an error, for a message with some bytes changed', () => {
    const change = fc.record({ at: fc.nat({ max: cms.length - 1 }), to: fc.nat({ max: 255 }) })
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat({ max: cms.length }),
        (changes, length) => {
          const bytes = Buffer.from(cms)
          for (const { at, to } of changes) bytes[at] = to
          expect(typeof readSigner(armor(bytes))).toBe('object')
          expect(typeof readSigner(armor(bytes.subarray(0, length)))).toBe('object')
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('DER', () => {
  it.each([
    ['020100', 0n],
    ['02017f', 127n],
    ['02020080', 128n],
    ['0201ff', -1n],
    ['0200', 0n],
  ])('%s is the integer %s', (hex, value) => {
    expect(readElements(Buffer.from(hex, 'hex')).map(readInteger)).toEqual([value])
  })

  it.each(['02', '0280', '0205ff', '0285ffffffffff', '1f0100', '0282'])('%s is not DER', (hex) => {
    expect(() => readElements(Buffer.from(hex, 'hex'))).toThrow(NotDer)
  })
})

describe('JSON with integers', () => {
  it('has the digits of a bigint and is the usual JSON otherwise', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.jsonValue(), (number, value) => {
        expect(toJsonWithIntegers({ number, value })).toBe(`{"number":${number},"value":${toJson(value)}}`)
      }),
    )
  })
})
