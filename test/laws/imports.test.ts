import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../git-binary.ts'

const forbidden: [folder: string, source: string][] = [
  ['src/git', '../forge/forge.ts'],
  ['src/git', 'fastify'],
  ['src/git/wire', '../../http/origin.ts'],
  ['src/forge', '../vendors/index.ts'],
  ['src/forge', '../http/origin.ts'],
  ['src/forge', 'fastify'],
  ['src/forge/fixture', 'memfs'],
  ['src/http', '../vendors/gitlab/index.ts'],
  ['src/http', 'isomorphic-git'],
  ['src/vendors/gitlab', '../bitbucket/index.ts'],
  ['src/vendors/gitlab', '../../git/repository.ts'],
  ['src/vendors/bitbucket', '../gitlab/paging.ts'],
  ['src/vendors/bitbucket', '../../git/repository.ts'],
  ['src/vendors/gitflic', '../codearts/index.ts'],
  ['src/vendors/gitflic', '../../git/model.ts'],
  ['src/vendors/codearts', '../gitflic/index.ts'],
  ['src/vendors/codearts', '../../git/model.ts'],
]

const allowed: [folder: string, source: string][] = [
  ['src/git', '../failure.ts'],
  ['src/forge', '../git/repository.ts'],
  ['src/http', '../vendors/vendor.ts'],
  ['src/vendors/gitlab', '../../forge/tags.ts'],
  ['src/vendors/gitlab', '../vendor.ts'],
]

const folder = temporaryFolder()
let report = ''

/** One file per import, in a tree like ours and under our rules. */
beforeAll(() => {
  const rules = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(
    join(folder.path, 'biome.json'),
    JSON.stringify({ ...rules, $schema: undefined, vcs: { enabled: false } }),
  )
  for (const [i, [place, source]] of [...forbidden, ...allowed].entries()) {
    const file = join(folder.path, place, `case-${i}.ts`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `export type { A } from '${source}'\n`)
  }
  try {
    report = execFileSync(
      resolve('node_modules/.bin/biome'),
      ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
      { cwd: folder.path },
    ).toString()
  } catch (error) {
    report = String((error as { stdout: Buffer }).stdout)
  }
})
afterAll(() => folder.remove())

const complaints = (i: number) =>
  report.split('\n').filter((line) => line.includes(`case-${i}.ts`) && line.includes('noRestrictedImports'))

it.each(forbidden.map((row, i) => [...row, i] as const))('%s may not import %s', (_place, _source, i) => {
  expect(complaints(i)).toHaveLength(1)
})

it.each(allowed.map((row, i) => [...row, forbidden.length + i] as const))(
  '%s may import %s',
  (_place, _source, i) => {
    expect(complaints(i)).toEqual([])
  },
)
