import { execFile } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { temporaryFolder } from '../git-binary.ts'

const run = promisify(execFile)
const ADDRESS = '127.0.0.1:4747'
const folder = temporaryFolder()
let forge: FakeForge

beforeAll(async () => {
  forge = await startFakeForge({ clock: '2024-06-01T12:00:00Z' })
  symlinkSync(resolve('node_modules'), join(folder.path, 'node_modules'))
})
afterAll(async () => {
  await forge.close()
  folder.remove()
})

/** The blocks of a page that are marked to be run, by the heading above each. */
function blocksOf(page: string): Map<string, { kind: string; text: string }> {
  const blocks = new Map<string, { kind: string; text: string }>()
  let heading = ''
  const pattern = /^#+ (.+)$|<!-- run: (\w+) -->\n```\w+\n([\s\S]*?)```/gm
  for (const [, title, kind, text] of readFileSync(page, 'utf8').matchAll(pattern)) {
    if (title !== undefined) heading = title
    else blocks.set(heading, { kind: kind ?? '', text: text ?? '' })
  }
  return blocks
}

/** Runs a block as a reader would, but against our server; gives what it prints. */
async function runBlock({ kind, text }: { kind: string; text: string }): Promise<string> {
  const file = join(folder.path, `block.${kind}`)
  writeFileSync(file, text.replaceAll(ADDRESS, new URL(forge.url).host))
  const programs: Record<string, [string, string[]]> = {
    sh: ['sh', ['-eu', file]],
    mjs: [process.execPath, [file]],
    // Debian's own, which has the client from a package.
    python: ['/usr/bin/python3', [file]],
  }
  const [program, args] = programs[kind] ?? ['false', []]
  const identity = { NAME: 'Mia', EMAIL: 'mia@example.test' }
  const env = {
    PATH: process.env.PATH,
    HOME: folder.path,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: identity.NAME,
    GIT_AUTHOR_EMAIL: identity.EMAIL,
    GIT_COMMITTER_NAME: identity.NAME,
    GIT_COMMITTER_EMAIL: identity.EMAIL,
  }
  const { stdout } = await run(program, args, { cwd: folder.path, env })
  return stdout
}

describe('docs/recipes/clients.md', () => {
  const blocks = blocksOf('docs/recipes/clients.md')
  const expected: Record<string, RegExp> = {
    git: /^[0-9a-f]{40}\trefs\/tags\/v8\.0\.0\^\{\}\n$/,
    curl: /^\{"name":"v1\.0\.0".*\}\{"id":"refs\/tags\/v1\.0\.0".*\}\{.*v1\.0\.0.*\}\{.*v1\.0\.0.*\}\s*$/,
    '@gitbeaker/rest': /^v8\.1\.0 .*v1\.0\.0.*\n$/,
    'python-gitlab': /^v8\.2\.0 By python-gitlab [0-9a-f]{40}\n\[.*'v8\.2\.0'.*\]\n404 404 Tag Not Found\n$/,
    'Huawei Cloud SDK for Node (requests really signed)': /^v1\.0\.0 200\n$/,
  }

  it('marks these blocks to be run', () => {
    expect([...blocks.keys()]).toEqual(Object.keys(expected))
  })

  it.each(Object.entries(expected))('%s works when pasted', async (name, output) => {
    await forge.reset()
    expect(await runBlock(blocks.get(name) ?? { kind: '', text: '' })).toMatch(output)
  })
})
