import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { world } from './world.ts'
import { SERIAL, Signer } from './x509-signer.ts'

const TAGS = '/api/v4/projects/1/repository/tags'
const UNSIGNED = [404, { message: '404 Signature Not Found' }]

let signer: Signer
const apps: FastifyInstance[] = []

async function open(profile: string): Promise<FastifyInstance> {
  const members = { dee: 'developer', gus: 'guest' } as const
  const app = await buildApp({
    profiles: { gitlab: profile },
    fixture: world({ path: 'acme/signed', id: 1, members, git: signer.repository }),
  })
  apps.push(app)
  return app
}

const signatureOf = (app: FastifyInstance, tag: string, token = 'dee-token') =>
  callerOf(app, { 'private-token': token })('GET', `${TAGS}/${tag}/signature`)

beforeAll(() => {
  signer = new Signer()
  signer.certify('authority', '/O=World/OU=Ключи/CN=PKI, first', 'authority')
  signer.certify('ada', '/O=World/OU=Example/CN=ada@example.test', 'person', 'authority')
  signer.certify('lone', '/CN=lone', 'stranger')
  signer.tagWithCms('cms', 'ada', ['-certfile', 'authority.crt'])
  signer.tagWithCms('cms-by-key', 'ada', ['-keyid'])
  signer.tagWithCms('cms-lone', 'lone')
  signer.tagWithCms('cms-empty', 'ada', ['-nocerts'])
  signer.tagWithText('cms-broken', '-----BEGIN SIGNED MESSAGE-----\nMIIB\n-----END SIGNED MESSAGE-----\n')
  signer.tagWithText('pgp', '-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n')
  signer.tagWithSsh('ssh')
  signer.git(['tag', '-a', 'noted', '-m', 'Not signed'])
  signer.git(['tag', 'light'])
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()))
  signer.remove()
})

describe('the signature of a tag', () => {
  it('is the certificate as openssl reads it, with a serial number of any size', async () => {
    const { status, text } = await signatureOf(await open('current'), 'cms')
    const identifier = (name: string, extension: string) =>
      /((?:[0-9A-F]{2}:){19}[0-9A-F]{2})/.exec(signer.describe(name, ['-ext', extension]))?.[1]
    const subject = (name: string) =>
      signer.describe(name, ['-subject', '-nameopt', 'RFC2253']).replace('subject=', '')
    expect(subject('authority')).toBe('CN=PKI\\, first,OU=\\D0\\9A\\D0\\BB\\D1\\8E\\D1\\87\\D0\\B8,O=World')
    expect(status).toBe(200)
    expect(text).toBe(
      '{"signature_type":"X509","verification_status":"unverified","x509_certificate":{"id":1,' +
        `"subject":"CN=ada@example.test,OU=Example,O=World",` +
        `"subject_key_identifier":"${identifier('ada', 'subjectKeyIdentifier')}",` +
        `"email":"ada@example.test","serial_number":${SERIAL},"certificate_status":"good","x509_issuer":{"id":1,` +
        `"subject":${JSON.stringify(subject('authority'))},` +
        `"subject_key_identifier":"${identifier('authority', 'subjectKeyIdentifier')}",` +
        '"crl_url":"http://crl.example.test/pki.crl"}}}',
    )
    expect(signer.describe('ada', ['-serial'])).toBe(`serial=${SERIAL.toString(16).toUpperCase()}`)
  })

  it('is the same for a signer that is named by its key, and has the same id again', async () => {
    const app = await open('current')
    const named = await signatureOf(app, 'cms')
    expect(named.status).toBe(200)
    expect((await signatureOf(app, 'cms-by-key')).text).toBe(named.text)
  })

  it.each(['cms-lone', 'cms-empty', 'cms-broken'])(
    'has no certificate where GitLab would keep none: %s',
    async (tag) => {
      expect(await answer(signatureOf(await open('current'), tag))).toEqual([
        200,
        { signature_type: 'X509', verification_status: 'unverified', x509_certificate: null },
      ])
    },
  )

  it('is told by its kind alone for PGP and SSH', async () => {
    const app = await open('current')
    expect(await answer(signatureOf(app, 'pgp'))).toEqual([200, { signature_type: 'PGP' }])
    expect(await answer(signatureOf(app, 'ssh'))).toEqual([200, { signature_type: 'SSH' }])
  })

  it.each(['noted', 'light'])('is missing from %s', async (tag) => {
    expect(await answer(signatureOf(await open('current'), tag))).toEqual(UNSIGNED)
    expect(await answer(signatureOf(await open('documented'), tag))).toEqual([
      404,
      { message: '404 GPG Signature Not Found' },
    ])
  })

  it('is not to be had from a tag that is not there, nor by guests', async () => {
    const app = await open('current')
    expect(await answer(signatureOf(app, 'nope'))).toEqual([404, { message: '404 Tag Not Found' }])
    expect(await answer(signatureOf(app, 'cms', 'gus-token'))).toEqual([403, { message: '403 Forbidden' }])
  })

  it.each(['13', '14'])('is no route in profile %s', async (profile) => {
    expect(await answer(signatureOf(await open(profile), 'cms'))).toEqual([404, { error: '404 Not Found' }])
  })

  it('shows in the message of the tag as well', async () => {
    const reply = await callerOf(await open('current'), { 'private-token': 'dee-token' })(
      'GET',
      `${TAGS}/ssh`,
    )
    expect((reply.body as { message: string }).message).toMatch(
      /^Signed\n-----BEGIN SSH SIGNATURE-----\n[\s\S]*\n-----END SSH SIGNATURE-----$/,
    )
  })
})
