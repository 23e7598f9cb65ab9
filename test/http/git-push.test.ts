import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefsChanged } from '../../src/forge/model.ts'
import type { Project } from '../../src/forge/project.ts'
import { buildApp, version } from '../../src/index.ts'
import { packOf, sample } from '../git/pack-builder.ts'
import { pushRequest, readAnswer, stateOf, ZERO } from '../git/wire/push-request.ts'
import { NOW, project, world } from '../vendors/gitlab/world.ts'

const LIMIT = 200_000
const TYPE = 'application/x-git-receive-pack-request'

let app: FastifyInstance
let widgets: Project

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    gitBodyLimit: LIMIT,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1', target: 'c1' }],
        releases: [{ tag: 'v1', description: 'One' }],
      }),
      project('acme/empty', 2, { commits: [], defaultBranch: 'main' }),
      project('acme/archived', 3, { archived: true }),
    ),
  })
  widgets = await app.worlds.live.open(app.worlds.live.spec(1)!)
})
afterEach(() => app.close())

const basic = (token: string) => `Basic ${Buffer.from(`x:${token}`).toString('base64')}`

function post(body: Buffer, { path = '/acme/widgets.git', token = 'dee-token', headers = {} } = {}) {
  return app.inject({
    method: 'POST',
    url: `${path}/git-receive-pack`,
    headers: { 'content-type': TYPE, authorization: basic(token), ...headers },
    payload: body,
  })
}

/** A new root commit on a branch `new`. */
const tree = sample.tree()
const commit = sample.commit(tree.oid)
const pack = packOf(['blob', sample.blob.data], ['tree', tree.data], ['commit', commit.data])
const create = [`${ZERO} ${commit.oid} refs/heads/new`]

describe('the advertisement of receive-pack', () => {
  const capabilities = `report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta push-options object-format=sha1 agent=fakeforge/${version}`
  const advertise = async (path: string, headers = {}) => {
    const url = `${path}/info/refs?service=git-receive-pack`
    const reply = await app.inject({ url, headers: { authorization: basic('dee-token'), ...headers } })
    expect(reply.headers['content-type']).toBe('application/x-git-receive-pack-advertisement')
    return reply.payload
  }

  it('lists refs without HEAD and without what tags lead to', async () => {
    const refs = [...widgets.repository.refs()]
    const lines = (await advertise('/acme/widgets.git')).split('\n')
    expect(lines[0]).toBe('001f# service=git-receive-pack')
    expect(lines[1]?.slice(8)).toBe(`${refs[0]![1]} ${refs[0]![0]}\0${capabilities}`)
    expect(lines.slice(2).map((line) => line.slice(4))).toEqual([
      ...refs.slice(1).map(([ref, oid]) => `${oid} ${ref}`),
      '',
    ])
  })

  it('has a line for the capabilities alone when there is no ref', async () => {
    expect((await advertise('/acme/empty.git')).split('\n')[1]?.slice(8)).toBe(
      `${ZERO} capabilities^{}\0${capabilities}`,
    )
  })

  it('says so in protocol 1, and knows no protocol 2', async () => {
    const inVersion = (number: number) =>
      advertise('/acme/widgets.git', { 'git-protocol': `version=${number}` })
    expect(await inVersion(1)).toContain('\n0000000eversion 1\n')
    expect(await inVersion(2)).toBe(await inVersion(0))
  })
})

describe('a push over HTTP', () => {
  it('is answered with a report', async () => {
    const reply = await post(pushRequest(create, pack))
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('application/x-git-receive-pack-result')
    expect(reply.headers['cache-control']).toBe('no-cache, max-age=0, must-revalidate')
    expect(reply.payload).toBe('000eunpack ok\n0016ok refs/heads/new\n0000')
    expect(widgets.repository.ref('refs/heads/new')).toBe(commit.oid)
  })

  it('may be zipped', async () => {
    const reply = await post(gzipSync(pushRequest(create, pack)), { headers: { 'content-encoding': 'gzip' } })
    expect(reply.payload).toBe('000eunpack ok\n0016ok refs/heads/new\n0000')
  })

  it('is answered with nothing when it only asks whether it may', async () => {
    const reply = await post(Buffer.from('0000'))
    expect([reply.statusCode, reply.payload]).toEqual([200, ''])
  })

  it('tells those who listen once, and takes releases along with their tags', async () => {
    const events: RefsChanged[] = []
    app.worlds.live.onRefsChanged((event) => events.push(event))
    const before = widgets.repository.ref('refs/tags/v1')!
    expect(widgets.releases.size).toBe(1)
    await post(pushRequest([...create, `${before} ${ZERO} refs/tags/v1`], pack))
    expect(events).toEqual([
      {
        projectId: 1,
        changes: [
          { ref: 'refs/heads/new', before: null, after: commit.oid },
          { ref: 'refs/tags/v1', before, after: null },
        ],
        actor: expect.objectContaining({ username: 'dee' }),
        via: 'push',
        vendor: 'gitlab',
      },
    ])
    expect(widgets.releases.size).toBe(0)
  })
})

describe('nothing changes', () => {
  let before: string
  beforeEach(() => {
    before = stateOf(widgets.repository)
  })
  afterEach(() => expect(stateOf(widgets.repository)).toBe(before))

  it.each([
    ['is cut short', pack.subarray(0, -30), 'index-pack abnormal exit', 'fatal: early EOF\n'],
    [
      'has a wrong sum',
      Buffer.concat([pack.subarray(0, -1), Buffer.from([pack.at(-1)! ^ 1])]),
      'index-pack abnormal exit',
      'fatal: pack is corrupted (SHA1 mismatch)\n',
    ],
    ['is missing', Buffer.alloc(0), 'eof before pack header was fully read', ''],
    ['is no pack', Buffer.alloc(40, 'x'), 'protocol error (pack signature mismatch detected)', ''],
  ])('when the pack %s', async (_how, bytes, status, messages) => {
    const reply = await post(pushRequest(create, bytes, 'report-status side-band-64k'))
    expect(reply.statusCode).toBe(200)
    expect(readAnswer(reply.rawPayload, true)).toEqual({
      report: [`unpack ${status}\n`, 'ng refs/heads/new unpacker error\n'],
      messages,
    })
  })

  it.each([
    ['a parent', sample.commit(tree.oid, ['1'.repeat(40)]), [['tree', tree.data]] as const],
    ['a tree', sample.commit('2'.repeat(40)), []],
    ['what a tag marks', sample.tag('3'.repeat(40)), []],
  ])('when %s is missing', async (_what, made, others) => {
    const type = made.data.toString().startsWith('tree') ? 'commit' : 'tag'
    const all = packOf(['blob', sample.blob.data], [type, made.data], ...others)
    const reply = await post(pushRequest([`${ZERO} ${made.oid} refs/tags/new`], all))
    expect(readAnswer(reply.rawPayload, false).report).toEqual([
      'unpack ok\n',
      'ng refs/tags/new missing necessary objects\n',
    ])
  })

  it('when the request is no request', async () => {
    const reply = await post(Buffer.from('0009hello'))
    expect([reply.statusCode, reply.payload]).toEqual([
      200,
      "0039ERR protocol error: expected old/new/ref, got 'hello'",
    ])
  })

  it('when the body is too large', async () => {
    const reply = await post(Buffer.concat([pushRequest(create, pack), Buffer.alloc(LIMIT)]))
    expect(reply.statusCode).toBe(413)
    const bomb = gzipSync(Buffer.concat([pushRequest(create, pack), Buffer.alloc(LIMIT)]))
    expect((await post(bomb, { headers: { 'content-encoding': 'gzip' } })).statusCode).toBe(413)
  })

  it('when the objects are too large', async () => {
    const large = Buffer.alloc(LIMIT / 4 + 1)
    const reply = await post(pushRequest(create, packOf(['blob', large]), 'report-status side-band-64k'))
    expect(readAnswer(reply.rawPayload, true).messages).toBe(
      'fatal: pack has bad object at offset 12: the object is too large\n',
    )
    const many = packOf(
      ...Array.from({ length: 30 }, (_, i) => ['blob', Buffer.alloc(LIMIT / 4, i)] as const),
    )
    const second = await post(pushRequest(create, many, 'report-status side-band-64k'))
    expect(readAnswer(second.rawPayload, true).messages).toBe(
      `fatal: pack exceeds maximum allowed size (${4 * LIMIT} bytes unpacked)\n`,
    )
  })

  it.each([
    ['rex-token', '/acme/widgets.git', 403, 'You are not allowed to push code to this project.'],
    ['mia-token', '/acme/archived.git', 403, "You can't push code to an archived project."],
    [
      'sam-token',
      '/acme/widgets.git',
      404,
      "The project you were looking for could not be found or you don't have permission to view it.",
    ],
  ])('for %s at %s', async (token, path, status, text) => {
    const reply = await post(pushRequest(create, pack), { token, path })
    expect([reply.statusCode, reply.payload]).toEqual([status, text])
  })

  it('for strangers', async () => {
    const reply = await post(pushRequest(create, pack), { headers: { authorization: '' } })
    expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="GitLab"'])
  })
})
