import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { settings } from '../../src/config/settings.ts'
import { buildApp } from '../../src/index.ts'
import { vendors } from '../../src/vendors/index.ts'

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesIn('docs')]
const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]))

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const headings = [...(texts.get(page) ?? '').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text)
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe.each([...texts])('%s', (page, text) => {
  it('links to what there is', () => {
    const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
    const broken: string[] = []
    for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : relative('.', resolve(dirname(page), path))
      if (!existsSync(file) || (anchor && !anchorsOf(file).has(anchor))) broken.push(target)
    }
    expect(broken).toEqual([])
  })

  it('names variables that there are', () => {
    const known = new Set([...settings.map(({ env }) => env), 'FAKEFORGE_URL', 'FAKEFORGE_LIVE_TOKEN'])
    const named = [...text.matchAll(/\bFAKEFORGE_[A-Z_]+\b/g)].map(([name]) => name)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })

  it('names profiles that there are', () => {
    const known = new Set(
      vendors.flatMap(({ id, profiles }) => profiles.map((profile) => `${id}=${profile}`)),
    )
    const named = [...text.matchAll(/(?:--profile |FAKEFORGE_PROFILE[:=] ?)([\w.,=]+)/g)].flatMap(
      ([, list = '']) => list.split(','),
    )
    expect(named.filter((profile) => !known.has(profile))).toEqual([])
  })
})

/** What stands after `fakeforge` in blocks for a shell: the command's words, and its flags. */
const commands = new Map<string, { words: string[]; flags: string[] }>()
for (const text of texts.values()) {
  const pattern =
    /(?:^|[`\s])(?:npx )?(?:fakeforge|node dist\/cli\.js)((?: +(?:--?[\w-]+|[\w-]+)(?:[= ][^\s`|&#<>]+)?)+)/gm
  const shell = [...text.matchAll(/```sh\n([\s\S]*?)```|`((?:npx )?fakeforge [^`\n]+)`/g)].map(
    ([, block, inline]) => block ?? inline ?? '',
  )
  for (const [line, rest = ''] of shell.join('\n').matchAll(pattern)) {
    const parts = rest.trim().split(/\s+/)
    const words = parts[0]?.startsWith('-') ? [] : parts.slice(0, 2).filter((part) => /^[a-z]+$/.test(part))
    commands.set(line.trim(), { words, flags: parts.filter((part) => part.startsWith('--')) })
  }
}

it('commands in the docs are commands, and their flags are flags', () => {
  expect(commands.size).toBeGreaterThan(10)
  const wrong: string[] = []
  for (const [line, { words, flags }] of commands) {
    const { status, stdout } = spawnSync(process.execPath, ['dist/cli.js', ...words.slice(0, 1), '--help'])
    const group = spawnSync(process.execPath, ['dist/cli.js', ...words, '--help'])
    const help = String(stdout) + String(group.stdout)
    if (status !== 0) wrong.push(`${line}: no such command`)
    for (const flag of flags) if (!help.includes(flag.split('=')[0] ?? '')) wrong.push(`${line}: no ${flag}`)
  }
  expect(wrong).toEqual([])
}, 120_000)

it('addresses of the control plane in the docs are there', async () => {
  const app = await buildApp()
  const admin = await app.applications.open('admin')
  const tree = admin.printRoutes({ commonPrefix: false, includeHooks: false })
  const known = new Set([...tree.matchAll(/── (\S+)/g)].flatMap(([, part = '']) => part.split('/')))
  await app.close()
  const wrong: string[] = []
  for (const [page, text] of texts) {
    for (const [path] of text.matchAll(/\/__admin\/[a-z]+(?:\/[a-z]+)*/g)) {
      if (!known.has(path.split('/')[2] ?? '')) wrong.push(`${page}: ${path}`)
    }
  }
  expect(wrong).toEqual([])
})

it('YAML in the recipes is well-formed', () => {
  const blocks = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => [page, block] as const),
  )
  expect(blocks.length).toBeGreaterThan(3)
  for (const [page, block] of blocks) {
    for (const document of parseAllDocuments(block)) expect([page, document.errors]).toEqual([page, []])
  }
})

it('README.md is no longer than a newcomer reads', () => {
  expect((texts.get('README.md') ?? '').split('\n').length).toBeLessThanOrEqual(151)
})
