import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadTraffic } from '../../src/exchange/load-traffic.ts'
import { startFakeForge } from '../../src/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-traffic-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, value: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

const mistakesOf = (path: string) =>
  loadTraffic(path).then(
    () => [],
    (error: Error) => error.message.replaceAll(folder, 'FOLDER').split('\n'),
  )

it('reads what a browser wrote: HTTP/2, base64, pages in between', async () => {
  const request = (method: string, url: string, more: object = {}) => ({ method, url, headers: [], ...more })
  const entries = [
    { request: request('GET', 'https://forge.test/assets/a.css'), response: { status: 200, content: {} } },
    {
      request: request('GET', 'https://forge.test/api/v4/projects/1?x=%7E#top', {
        headers: [
          { name: ':authority', value: 'forge.test' },
          { name: 'Accept', value: 'application/json' },
          { name: 'cookie', value: 'session=1' },
        ],
      }),
      response: {
        status: 200,
        headers: [
          { name: 'Content-Type', value: 'application/json' },
          { name: 'vary', value: 'Origin' },
          { name: 'vary', value: 'Accept' },
        ],
        content: { size: 8, text: Buffer.from('{"id":1}').toString('base64'), encoding: 'base64' },
      },
    },
    {
      request: request('POST', 'https://forge.test/api/v4/projects/1/repository/tags', {
        headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded' }],
        postData: { mimeType: 'x', params: [{ name: 'tag_name', value: 'v 1' }] },
      }),
      response: { status: 201, headers: [], content: { size: 9 } },
    },
    { request: request('GET', 'https://forge.test/api/v4/version'), response: { status: 0, content: {} } },
    { request: request('GET', 'https://forge.test/api/v4/user'), response: { status: 304, content: {} } },
    {
      request: request('GET', 'https://other.test/bitbucket/rest/api/1.0/projects'),
      response: { status: 404, headers: [], content: { size: 0 } },
    },
  ]
  const file = write('a.har', { log: { version: '1.2', entries } })
  const { sessions, leftOut } = await loadTraffic(file)
  const evidence = { kind: 'recording', source: `recorded traffic, ${file}` }
  expect(sessions).toEqual([
    {
      source: file,
      vendor: 'gitlab',
      origin: 'https://forge.test',
      evidence,
      complete: true,
      exchanges: [
        {
          name: 'GET /api/v4/projects/1?x=%7E',
          request: {
            method: 'GET',
            path: '/api/v4/projects/1?x=%7E',
            headers: { accept: 'application/json' },
          },
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json', vary: ['Origin', 'Accept'] },
            body: { id: 1 },
          },
        },
        {
          name: 'POST /api/v4/projects/1/repository/tags',
          request: {
            method: 'POST',
            path: '/api/v4/projects/1/repository/tags',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: 'tag_name=v+1',
          },
          answer: { status: 201, headers: {} },
        },
      ],
    },
    {
      source: file,
      vendor: 'bitbucket',
      origin: 'https://other.test/bitbucket',
      evidence,
      complete: true,
      exchanges: [
        {
          name: 'GET /rest/api/1.0/projects',
          request: { method: 'GET', path: '/rest/api/1.0/projects', headers: {} },
          answer: { status: 404, headers: {}, body: '' },
        },
      ],
    },
  ])
  expect(leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'GET /assets/a.css: it is no request to a forge',
    'GET /api/v4/version: it was not answered',
    'GET /api/v4/user: its answer rests on what the client had before',
  ])
})

it('reads the same exchanges from the journal in each form in which it comes', async () => {
  await using forge = await startFakeForge()
  const headers = { 'private-token': 'mia-token', 'content-type': 'application/json' }
  await fetch(`${forge.gitlab.url}/projects/1/repository/tags/v1.0.0`, { headers })
  const body = JSON.stringify({ tag_name: 'v7', ref: 'main' })
  await fetch(`${forge.gitlab.url}/projects/1/repository/tags`, { method: 'POST', headers, body })
  const requests = await forge.journal.list()
  const exchangesOf = async (name: string, value: unknown) =>
    (await loadTraffic(write(name, value))).sessions.map(({ vendor, exchanges }) => ({ vendor, exchanges }))
  const [whole] = await exchangesOf('whole.json', { requests, last: 2 })
  expect(
    whole?.exchanges.map(({ request, answer }) => [request.method, answer.status, request.body]),
  ).toEqual([
    ['GET', 200, undefined],
    ['POST', 201, { tag_name: 'v7', ref: 'main' }],
  ])
  expect(await exchangesOf('list.json', requests)).toEqual([whole])
  expect(await exchangesOf('lines.jsonl', requests.map((entry) => JSON.stringify(entry)).join('\n'))).toEqual(
    [whole],
  )
  const har = await exchangesOf('journal.har', await forge.journal.har())
  expect(har[0]?.exchanges.map(({ answer }) => answer.body)).toEqual(
    whole?.exchanges.map(({ answer }) => answer.body),
  )
})

it('reads a folder in the order of its names, without what is hidden', async () => {
  const file = { vendor: 'gitlab', evidence: { kind: 'documentation', source: 'Tags API' }, exchanges: [] }
  mkdirSync(join(folder, 'b'))
  write('b/2.json', file)
  write('a.json', file)
  write('.draft.json', '{')
  write('notes.txt', 'x')
  const { sessions } = await loadTraffic(folder)
  expect(sessions.map(({ source }) => source.slice(folder.length))).toEqual(['/a.json', '/b/2.json'])
})

it('names each mistake', async () => {
  write('1.json', '{')
  write('2.json', {
    vendor: 'svn',
    evidence: { kind: 'hearsay', source: '' },
    exchanges: [{ name: 'x', request: { method: 'get', path: 'x' }, answer: { status: 42, note: 1 } }],
  })
  write('3.har', { log: { entries: [{ request: { method: 'GET', url: '/x' }, response: {} }] } })
  write('4.json', [{}])
  expect(await mistakesOf(folder)).toEqual([
    expect.stringMatching(/^FOLDER\/1.json is no JSON: /),
    'FOLDER/2.json: vendor: must be one of bitbucket, gitlab, gitflic, codearts',
    'FOLDER/2.json: evidence.kind: must be one of recording, source, documentation, client, inferred',
    'FOLDER/2.json: evidence.source: must NOT have fewer than 1 characters',
    'FOLDER/2.json: exchanges[0].request.method: must match pattern "^[A-Z]+$"',
    'FOLDER/2.json: exchanges[0].request.path: must match pattern "^/"',
    'FOLDER/2.json: exchanges[0].answer: unknown key "note"',
    'FOLDER/2.json: exchanges[0].answer.status: must be >= 100',
    'FOLDER/3.har: log.entries[0].request.url: must be an address',
    'FOLDER/3.har: log.entries[0].response.status: must be a number',
    'FOLDER/4.json: entry 0: is no request of a journal',
  ])
})
