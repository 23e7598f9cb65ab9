import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BodyCopy } from '../../src/record/body-copy.ts'
import type { Passed } from '../../src/record/proxy.ts'
import { Recorder } from '../../src/record/recorder.ts'

const signs = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.']
const token = fc.string({ unit: fc.constantFrom(...signs), minLength: 12, maxLength: 40 })
const password = fc.string({
  unit: fc.constantFrom(...signs, ...'!#$+/=:@ä "%&'),
  minLength: 12,
  maxLength: 24,
})

function bodyOf(text: string): BodyCopy {
  const copy = new BodyCopy(1_000_000)
  copy.add(Buffer.from(text))
  return copy
}

type Place = (secret: string) => Partial<Passed>

const base64 = (text: string) => Buffer.from(text).toString('base64')
const json = ['content-type', 'application/json']
const form = ['content-type', 'application/x-www-form-urlencoded']
const header =
  (name: string, write = (secret: string) => secret): Place =>
  (secret) => ({ requestHeaders: [name, write(secret)] })
const query =
  (name: string): Place =>
  (secret) => ({ path: `/api/v4/projects/1?a=1&${name}=${encodeURIComponent(secret)}` })

/** Wherever a vendor takes a credential, or hands one out. */
const places: readonly Place[] = [
  header('PRIVATE-TOKEN', encodeURIComponent),
  header('Job-Token', encodeURIComponent),
  header('X-Auth-Token', encodeURIComponent),
  header('Authorization', (secret) => `Bearer ${encodeURIComponent(secret)}`),
  header('Authorization', (secret) => `token ${encodeURIComponent(secret)}`),
  header('Authorization', (secret) => `Basic ${base64(`mia:${secret}`)}`),
  header(
    'Authorization',
    (secret) => `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=${encodeURIComponent(secret)}`,
  ),
  header('Cookie', (secret) => `_gitlab_session=${encodeURIComponent(secret)}`),
  query('private_token'),
  query('access_token'),
  query('job_token'),
  (secret) => ({
    method: 'POST',
    requestHeaders: json,
    requestBody: bodyOf(JSON.stringify({ private_token: secret })),
  }),
  (secret) => ({
    method: 'POST',
    requestHeaders: json,
    requestBody: bodyOf(JSON.stringify({ hook: { secret } })),
  }),
  (secret) => ({
    method: 'POST',
    requestHeaders: json,
    requestBody: bodyOf(
      JSON.stringify({ auth: { identity: { password: { user: { name: 'mia', password: secret } } } } }),
    ),
  }),
  (secret) => ({
    method: 'POST',
    requestHeaders: form,
    requestBody: bodyOf(`tag_name=v1&private_token=${encodeURIComponent(secret)}`),
  }),
  (secret) => ({ answerHeaders: ['X-Subject-Token', encodeURIComponent(secret)] }),
  (secret) => ({ answerHeaders: ['Set-Cookie', `session=${encodeURIComponent(secret)}; Path=/`] }),
  (secret) => ({
    answerHeaders: ['Location', `http://live.test/next?private_token=${encodeURIComponent(secret)}`],
  }),
  (secret) => ({ answerHeaders: json, answerBody: bodyOf(JSON.stringify({ token: secret, id: 1 })) }),
  (secret) => ({ answerHeaders: json, answerBody: bodyOf(JSON.stringify({ runners_token: secret })) }),
  (secret) => ({
    answerHeaders: json,
    answerBody: bodyOf(JSON.stringify({ url: `https://mia:${encodeURIComponent(secret)}@live.test/a.git` })),
  }),
]

/** Where what is secret shows again, without a name that says so. */
const echoes: readonly Place[] = [
  (secret) => ({
    answerHeaders: json,
    answerBody: bodyOf(JSON.stringify({ message: `no such user: ${secret}` })),
  }),
  (secret) => ({ answerHeaders: json, answerBody: bodyOf(JSON.stringify({ note: base64(secret) })) }),
  (secret) => ({
    answerHeaders: json,
    answerBody: bodyOf(JSON.stringify({ note: base64(`x-token-auth:${secret}`) })),
  }),
  (secret) => ({ answerHeaders: ['X-Echo', encodeURIComponent(secret)] }),
  (secret) => ({ path: `/api/v4/projects/1/repository/tags/${encodeURIComponent(secret)}` }),
]

function passed(part: Partial<Passed>): Passed {
  return {
    method: 'GET',
    path: '/api/v4/projects/1',
    requestHeaders: [],
    requestBody: bodyOf(''),
    status: 200,
    answerHeaders: [],
    answerBody: bodyOf(''),
    ...part,
  }
}

/** All bytes that were written for a session. */
async function written(session: readonly Partial<Passed>[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-record-'))
  try {
    const recorder = new Recorder({ live: 'http://live.test', folder })
    for (const part of session) recorder.add(passed(part))
    await recorder.close()
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The part of a base64 text that is certain wherever the secret stands in what was encoded. */
function cores(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64')
    return text.slice(before === 0 ? 0 : 4, -4)
  })
}

function expectAbsent(text: string, secret: string): void {
  for (const spelling of [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...cores(secret),
  ])
    expect(text.includes(spelling) ? spelling : null).toBeNull()
}

it('writes no credential, wherever a vendor takes one or hands one out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(token, password), fc.constantFrom(...places), async (secret, place) => {
      const text = await written([place(secret)])
      expect(JSON.parse(text).exchanges).toHaveLength(1)
      expectAbsent(text, secret)
    }),
    { numRuns: 300 },
  )
})

it('writes none where it shows again, before or after, in any spelling', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(token, password),
      fc.constantFrom(...places),
      fc.constantFrom(...echoes),
      fc.boolean(),
      async (secret, place, echo, isBefore) => {
        const session = isBefore ? [echo(secret), place(secret)] : [place(secret), echo(secret)]
        expectAbsent(await written(session), secret)
      },
    ),
    { numRuns: 300 },
  )
})
