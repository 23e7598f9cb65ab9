import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Environment,
  namesOf,
  runStory,
  type Story,
  type StoryResult,
  sendInto,
  stories,
} from '../../src/conformance/index.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import type { Break } from './breaks/break.ts'
import { life } from './breaks/life.ts'
import { names } from './breaks/names.ts'
import { paging } from './breaks/paging.ts'
import { races } from './breaks/races.ts'
import { reading } from './breaks/reading.ts'
import { gitOf } from './git-by-api.ts'
import { callerOf, driverOf } from './places.ts'

const breaks: Readonly<Record<string, readonly Break[]>> = { reading, paging, life, names, races }

let forge: FakeForge
beforeAll(async () => {
  forge = await startFakeForge()
})
afterAll(() => forge.close())

const storyOf = (name: string): Story =>
  name === 'names' ? namesOf(1, 4) : stories.find((story) => story.name === name)!

/** Tells the story to a server that does one thing wrong, while the step in question is told. */
async function tell(name: string, broken: Break): Promise<StoryResult> {
  const { vendor = 'gitlab', spoil, git, step, environment } = broken
  const story = storyOf(name)
  let now = ''
  let count = 0
  const spied: Story = {
    ...story,
    steps: (scene) =>
      story.steps(scene).map((told) => ({
        ...told,
        async act() {
          now = told.name
          count = 0
          await told.act().finally(() => {
            now = ''
          })
        },
      })),
  }
  const send = sendInto(forge.inject)
  const access = gitOf(forge)
  const isNow = () => now === step
  const gitNow = () => (isNow() ? { ...access, ...git?.(access) } : access)
  const full: Environment = {
    writer: callerOf(vendor, 'mia'),
    limited: { caller: callerOf(vendor, 'dee'), name: (unique) => `release/${unique}` },
    observers:
      vendor === 'bitbucket' ? [] : [{ driver: driverOf('bitbucket'), caller: callerOf('bitbucket', 'rex') }],
    ...environment,
    send: async (request) => {
      const nth = isNow() ? count++ : -1
      const answer = await send(request)
      return nth >= 0 && spoil ? spoil(request, answer, nth) : answer
    },
    git: {
      tags: () => gitNow().tags(),
      move: (tags) => gitNow().move(tags),
      remove: access.remove,
    },
  }
  return runStory(spied, driverOf(vendor), full, { prefix: 'c-broken-' })
}

describe.each(Object.keys(breaks))('%s', (name) => {
  it.each(breaks[name]!.map((broken, i) => ({ ...broken, i })))('$step, $i: $check', async (broken) => {
    const { steps, left } = await tell(name, broken)
    const failed = steps.find(({ outcome }) => outcome === 'fail')
    expect([failed?.name, failed?.mismatch?.check]).toEqual([broken.step, broken.check])
    expect(left).toEqual([])
  })
})

describe('the breaks', () => {
  it('are told nothing of when nothing is broken', async () => {
    for (const name of Object.keys(breaks)) {
      const { steps } = await tell(name, { step: '', check: '' })
      expect(steps.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    }
  })

  it('leave no check of a story untried', () => {
    const folder = 'src/conformance/stories'
    const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    const tried = Object.values(breaks).flatMap((table) => table.map(({ check }) => check))
    const checks = sources.flatMap((source) =>
      [...source.matchAll(/(?:demand\w+|Mismatch)\(\s*(?:'([^']*)'|`([^`]*)`)/g)].map(
        ([, plain, template]) => plain ?? String(template),
      ),
    )
    expect(checks.length).toBeGreaterThan(50)
    const isTried = (check: string) => {
      const parts = check.split(/\$\{[^}]*\}/)
      return tried.some((text) => text.startsWith(parts[0]!) && text.endsWith(parts.at(-1)!))
    }
    expect(checks.filter((check) => !isTried(check))).toEqual([])
  })
})
