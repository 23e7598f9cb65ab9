import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'

const REPOSITORY = '/projects/1/repository'
const FILES = `${REPOSITORY}/files`

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp()
})
afterAll(() => app.close())

const FACTS = {
  file_name: 'parts.md',
  file_path: 'docs/parts.md',
  size: 17,
  encoding: 'base64',
  content_sha256: '312ffa47db30f55d98fc9969cdf4b9d68ae08a67d88846d636843781f42eeff5',
  ref: 'main',
  blob_id: 'fe2d06a9d2867b271d5cf414ff7f044659a11a33',
  commit_id: '99e9767c728290d4ad56ed1d862f6e884c2a76d7',
  last_commit_id: '6c39ac98e7a32f6155c62b830bc9dda8a98fdf0e',
  execute_filemode: false,
}
const HEADERS = {
  'x-gitlab-file-name': 'parts.md',
  'x-gitlab-file-path': 'docs/parts.md',
  'x-gitlab-size': '17',
  'x-gitlab-encoding': 'base64',
  'x-gitlab-content-sha256': FACTS.content_sha256,
  'x-gitlab-ref': 'main',
  'x-gitlab-blob-id': FACTS.blob_id,
  'x-gitlab-commit-id': FACTS.commit_id,
  'x-gitlab-last-commit-id': FACTS.last_commit_id,
  'x-gitlab-execute-filemode': 'false',
}

describe('GET …/files/:file_path', () => {
  it('answers a file in base64, and what is known of it in headers too', async () => {
    const { status, body, headers } = await ask(app, `GET ${FILES}/docs%2Fparts.md?ref=main`, 'rex-token')
    expect({ status, body }).toEqual({ status: 200, body: { ...FACTS, content: 'Q29ncyAmIDxzcHJpbmdzPgo=' } })
    expect(headers).toMatchObject(HEADERS)
  })

  it('answers HEAD with the headers alone', async () => {
    const { status, body, headers } = await ask(app, `HEAD ${FILES}/docs%2Fparts.md?ref=main`, 'rex-token')
    expect({ status, body }).toEqual({ status: 200, body: '' })
    expect(headers).toMatchObject(HEADERS)
  })

  it('answers the bytes raw, of HEAD unless told otherwise', async () => {
    const { status, body, headers } = await ask(app, `GET ${FILES}/bin%2Fwidget/raw`, 'rex-token')
    expect({ status, body }).toEqual({ status: 200, body: '#!/bin/sh\necho widget\n' })
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-gitlab-ref': 'HEAD',
      'x-gitlab-execute-filemode': 'true',
    })
    const old = await ask(app, `GET ${FILES}/parts.txt/raw?ref=v1.0.0`, 'rex-token')
    expect(old.body).toBe('cog\n')
  })

  it.each([
    ['nope?ref=main', 'rex-token', 404, { message: '404 File Not Found' }],
    ['docs?ref=main', 'rex-token', 404, { message: '404 File Not Found' }],
    ['docs%2Fnope%2Fx?ref=main', 'rex-token', 404, { message: '404 File Not Found' }],
    ['parts.txt?ref=nope', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['parts.txt/raw?ref=nope', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['parts.txt', 'rex-token', 400, { error: 'ref is missing, ref is empty' }],
    ['parts.txt?ref=main', 'gus-token', 403, { message: '403 Forbidden' }],
    ['parts.txt/raw', null, 404, { message: '404 Project Not Found' }],
  ])('%s for %s answers %i', async (path, token, status, body) => {
    const answer = await ask(app, `GET ${FILES}/${path}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('GET …/tree', () => {
  const DOCS = {
    id: 'b832407ffbc3f7d588dcaa5c644a0939dae5eed5',
    name: 'docs',
    type: 'tree',
    path: 'docs',
    mode: '040000',
  }
  const FILE = { id: FACTS.blob_id, name: 'parts.md', type: 'blob', path: 'docs/parts.md', mode: '100644' }

  it('lists folders before files', async () => {
    const { status, body } = await ask(app, `GET ${REPOSITORY}/tree`, 'rex-token')
    expect(status).toBe(200)
    expect(pick(body, 'path')).toEqual(['bin', 'docs', 'README.md', 'parts.txt'])
    expect((body as object[])[1]).toEqual(DOCS)
  })

  it.each([
    ['path=docs', [FILE.path]],
    ['path=docs/', [FILE.path]],
    ['recursive=true', ['bin', 'docs', 'README.md', 'bin/widget', FILE.path, 'parts.txt']],
    ['ref=v0.1.0', ['bin', 'README.md']],
    ['per_page=1&page=2', ['docs']],
  ])('with ?%s lists %j', async (query, paths) => {
    expect(pick((await ask(app, `GET ${REPOSITORY}/tree?${query}`, 'rex-token')).body, 'path')).toEqual(paths)
  })

  it('answers the entries of a folder', async () => {
    expect((await ask(app, `GET ${REPOSITORY}/tree?path=docs`, 'rex-token')).body).toEqual([FILE])
  })

  it.each([
    [`${REPOSITORY}/tree?ref=nope`, 404, { message: '404 Tree Not Found' }],
    ['/projects/3/repository/tree', 404, { message: '404 Tree Not Found' }],
    [`${REPOSITORY}/tree?path=nope`, 404, { message: '404 invalid revision or path Not Found' }],
    [`${REPOSITORY}/tree?path=README.md`, 404, { message: '404 invalid revision or path Not Found' }],
  ])('%s answers %i', async (path, status, body) => {
    const answer = await ask(app, `GET ${path}`, 'rex-token')
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })

  it('took a folder that is not there for an empty one in 14', async () => {
    const old = await buildApp({ profiles: { gitlab: '14' } })
    expect((await ask(old, `GET ${REPOSITORY}/tree?path=nope`, 'rex-token')).body).toEqual([])
    await old.close()
  })
})
