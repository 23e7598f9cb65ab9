import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { type Call, callerOf } from '../../caller.ts'
import { git, temporaryFolder } from '../../git-binary.ts'
import { users } from './world.ts'

const COMMITS = 2000
const TAGS = 3000

/** A fast-import stream: one long branch with merges, light and annotated tags in several zones, many equal dates. */
function history(): string {
  const lines: string[] = []
  const start = 1_600_000_000
  for (let i = 1; i <= COMMITS; i++) {
    const zone = ['+0000', '+0530', '-0330', '+1245'][i % 4]
    lines.push(
      `commit refs/heads/main`,
      `mark :${i}`,
      `author Ann Ä <ann@example.test> ${start + i * 60} ${zone}`,
    )
    lines.push(`committer Carl <carl@example.test> ${start + Math.floor(i / 3) * 600} ${zone}`)
    lines.push(...data(`Commit ${i}\n\nWith a body – and dashes.\n`))
    if (i > 1) lines.push(`from :${i - 1}`)
    if (i > 10 && i % 50 === 0) lines.push(`merge :${i - 7}`)
    lines.push(`M 100644 inline file-${i % 40}.txt`, ...data(`${'line\n'.repeat(i % 60)}${i}\n`))
  }
  for (let i = 1; i <= TAGS; i++) {
    const target = 1 + ((i * 7) % COMMITS)
    if (i % 3 === 0) {
      lines.push(`reset refs/tags/light/${i}`, `from :${target}`, '')
      continue
    }
    lines.push(`tag v${Math.floor(i / 100)}.${i % 100}.${i % 7}`, `from :${target}`)
    lines.push(
      `tagger Tim <tim@example.test> ${start + Math.floor(i / 5) * 3600} +0200`,
      ...data(`Tag ${i}\n`),
    )
  }
  return `${lines.join('\n')}\n`
}

function data(text: string): string[] {
  return [`data ${Buffer.byteLength(text)}`, text]
}

interface Row {
  name: string
  target: string
  commit: string
  tagger: number | null
}

const folder = temporaryFolder()
const bare = join(folder.path, 'real.git')
let app: FastifyInstance
let call: Call

beforeAll(async () => {
  git(folder.path, ['init', '-q', '--bare', '-b', 'main', bare])
  git(bare, ['fast-import', '--quiet'], { input: history() })
  // A tag of a tag, a tag on a tree and one on a blob; then everything into one pack with deltas.
  git(bare, ['tag', '-a', '-m', 'Outer', 'outer', 'v1.1.3'])
  git(bare, ['tag', 'on-tree', 'main^{tree}'])
  git(bare, ['tag', 'on-blob', 'main:file-1.txt'])
  git(bare, ['gc', '--quiet', '--aggressive'])
  git(bare, ['tag', 'loose', 'main~3'])
  const fixture = join(folder.path, 'world.yaml')
  writeFileSync(
    fixture,
    JSON.stringify({
      users,
      owners: [{ alias: 'acme' }],
      projects: [{ path: 'acme/real', id: 1, git: './real.git', members: { dee: 'developer' } }],
    }),
  )
  app = await buildApp({ fixture })
  call = callerOf(app, { 'private-token': 'dee-token' })
}, 120_000)
afterAll(async () => {
  await app.close()
  folder.remove()
})

function fromGit(...sort: string[]): Row[] {
  const format = '%(refname:strip=2)%09%(objectname)%09%(*objecttype)%09%(objecttype)%09%(taggerdate:unix)'
  return git(bare, ['for-each-ref', ...sort.map((key) => `--sort=${key}`), `--format=${format}`, 'refs/tags'])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', target = '', , , tagger = ''] = line.split('\t')
      return { name, target, commit: '', tagger: tagger === '' ? null : Number(tagger) }
    })
}

function peeledByGit(names: readonly string[]): string[] {
  const input = names.map((name) => `refs/tags/${name}^{}\n`).join('')
  return git(bare, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input }).trim().split('\n')
}

async function fromApi(query: string): Promise<Row[]> {
  const rows: Row[] = []
  let page = '1'
  while (page !== '') {
    const { status, headers, body } = await call(
      'GET',
      `/api/v4/projects/1/repository/tags?per_page=100&page=${page}&${query}`,
    )
    expect(status).toBe(200)
    for (const tag of body as {
      name: string
      target: string
      commit: { id: string }
      created_at: string | null
    }[]) {
      rows.push({
        name: tag.name,
        target: tag.target,
        commit: tag.commit.id,
        tagger: tag.created_at === null ? null : Date.parse(tag.created_at) / 1000,
      })
    }
    page = String(headers['x-next-page'])
  }
  return rows
}

describe('a repository that git made', () => {
  it.each([
    ['order_by=updated&sort=desc', ['-creatordate']],
    ['order_by=updated&sort=asc', ['creatordate']],
    ['order_by=name&sort=asc', ['refname']],
    ['order_by=name&sort=desc', ['-refname']],
    ['order_by=version&sort=asc', ['version:refname']],
    ['order_by=version&sort=desc', ['-version:refname']],
  ])('has every tag with its target and tagger date in the order of git: %s', async (query, sort) => {
    const [ours, theirs] = [await fromApi(query), fromGit(...sort)]
    expect(theirs.length).toBeGreaterThan(TAGS)
    expect(ours.map(({ name, target, tagger }) => ({ name, target, tagger }))).toEqual(
      theirs.map(({ name, target, tagger }) => ({ name, target, tagger })),
    )
  })

  it('peels every tag to the commit that git peels it to', async () => {
    const ours = await fromApi('order_by=name&sort=asc')
    const theirs = peeledByGit(ours.map((row) => row.name))
    const tip = git(bare, ['rev-parse', 'main']).trim()
    expect(ours.map((row) => row.commit)).toEqual(
      theirs.map((line) => (line.endsWith(' commit') ? line.split(' ')[0] : tip)),
    )
  })

  it('takes a new tag that git could have made, and leaves the disk alone', async () => {
    const before = git(bare, ['for-each-ref'])
    const { status, body } = await call(
      'POST',
      '/api/v4/projects/1/repository/tags?tag_name=fresh&ref=main~5',
    )
    expect(status).toBe(201)
    expect((body as { target: string }).target).toBe(git(bare, ['rev-parse', 'main~5']).trim())
    expect(git(bare, ['for-each-ref'])).toBe(before)
  })
})
