import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebase } from '../../src/git/rebase.ts'
import type { Repository } from '../../src/git/repository.ts'
import { type Branches, branchPlans, buildBranches, changes, edits, moves } from './generated-branches.ts'

const committer = { name: 'Rita Rebaser', email: 'rita@example.test', time: 1_710_000_000, offset: 0 }

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_COMMITTER_NAME: committer.name,
  GIT_COMMITTER_EMAIL: committer.email,
  GIT_COMMITTER_DATE: `${committer.time} +0000`,
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'core.fsync',
  GIT_CONFIG_VALUE_0: 'none',
  GIT_CONFIG_KEY_1: 'advice.detachedHead',
  GIT_CONFIG_VALUE_1: 'false',
  GIT_CONFIG_KEY_2: 'gc.auto',
  GIT_CONFIG_VALUE_2: '0',
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-rebase-'))
  run('init', '--quiet', '--initial-branch=main', '.')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('git', args, { cwd: folder, env: environment, encoding: 'utf8' })
}

function load({ objects }: Repository): void {
  for (const oid of objects.oids()) {
    const { type, data } = objects.read(oid)!
    const place = join(folder, '.git/objects', oid.slice(0, 2))
    mkdirSync(place, { recursive: true })
    const bytes = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data])
    writeFileSync(join(place, oid.slice(2)), deflateSync(bytes, { level: 1 }))
  }
}

/** The id that git arrives at, or `conflict`; null when git itself crashes, as 2.39 does over some moved folders. */
function rebaseWithGit({ repository, main, side }: Branches): string | null {
  load(repository)
  expect(run('checkout', '--quiet', '--force', '--detach', side).stderr).toBe('')
  run('clean', '-dffxq')
  const { status, stdout } = run('rebase', '--quiet', main)
  if (status === 0) return run('rev-parse', 'HEAD').stdout.trim()
  run('rebase', '--quit')
  if (stdout.includes('CONFLICT')) return 'conflict'
  rmSync(join(folder, '.git/index.lock'), { force: true })
  return null
}

function rebaseHere({ repository, main, side }: Branches): string {
  const result = rebase(repository, { onto: main, source: side, committer })
  if (result.kind === 'current') return side
  if (result.kind === 'vanished') return main
  return result.kind === 'rebased' ? result.tip : 'conflict'
}

describe('against git rebase', () => {
  it.each([
    ['changes of all kinds', changes, 60],
    ['changed lines', edits, 35],
    ['moved files', moves, 35],
  ])(
    'comes to the same commit, or to a conflict where git does: %s',
    (_what, change, numRuns) => {
      fc.assert(
        fc.property(branchPlans(change), (plan) => {
          const branches = buildBranches(plan)
          const here = rebaseHere(branches)
          // Where the target is merged already, git would only straighten the branch.
          fc.pre(here !== branches.side)
          const there = rebaseWithGit(branches)
          fc.pre(there !== null)
          expect(here).toBe(there)
        }),
        {
          numRuns: Number(process.env.RUNS ?? numRuns),
        },
      )
    },
    600_000,
  )
})
