import { demandOneOf, demandSame } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { Story } from '../story.ts'
import { type Commits, commitsStep, isThere, KNOWS_COMMITS } from './seeing.ts'

/** How many requests are under way at once. */
const AT_ONCE = 8

export const races: Story = {
  name: 'races',
  summary: 'of many who want the same at once, one gets it, and everybody else is told',
  steps(scene) {
    const commits: Commits = { first: '', second: '' }
    const unable = () => scene.driver.cannot.remove ?? null
    const needs = [KNOWS_COMMITS]
    return [
      commitsStep(scene, commits),
      {
        name: 'lets one of many make a tag',
        writes: true,
        needs,
        act: () => raceToCreate(scene, commits),
      },
      {
        name: 'lets one of many delete a tag',
        writes: true,
        needs: ['lets one of many make a tag'],
        unable,
        act: () => raceToRemove(scene),
      },
      {
        name: 'keeps creations and deletions apart',
        writes: true,
        needs,
        unable,
        act: () => createAndRemove(scene, commits),
      },
      {
        name: 'lets everybody make a tag of a name of its own',
        writes: true,
        needs,
        act: () => createApart(scene, commits),
      },
    ]
  },
}

const often = Array.from({ length: AT_ONCE }, (_, i) => i)
const nameOf = ({ prefix }: Scene) => `${prefix}race`
const tag = (name: string, target: string) => ({ name, target, message: 'Made in a race' })

async function raceToCreate(scene: Scene, { first, second }: Commits): Promise<void> {
  const { driver } = scene
  const name = nameOf(scene)
  const answers = await Promise.all(often.map((i) => scene.create(tag(name, i % 2 === 0 ? first : second))))
  const won = answers.filter(({ status }) => status === driver.successes.create)
  demandSame('one of them succeeds', won.length, 1)
  for (const { status } of answers.filter((answer) => !won.includes(answer)))
    demandOneOf('the others are refused as duplicates', status, driver.refusals.duplicate)
  const seen = await scene.find(name)
  demandSame('the tag is the winner’s', seen?.commit, driver.readTag(won[0]!).commit)
  demandSame('the list has it once', await scene.count(name), 1)
}

async function raceToRemove(scene: Scene): Promise<void> {
  const { driver } = scene
  const answers = await Promise.all(often.map(() => scene.ask(driver.remove(nameOf(scene)))))
  const statuses = answers.map(({ status }) => status)
  const lost = statuses.filter((status) => status !== driver.successes.remove)
  demandSame('one of them succeeds', statuses.length - lost.length, 1)
  for (const status of lost)
    demandOneOf('the others are told that it is gone', status, driver.refusals.removeMissing)
  demandSame('a look-up finds nothing', isThere(await scene.find(nameOf(scene))), false)
}

/** Creations and deletions of one name by turns, all under way at once: whatever their order was, it was some order. */
async function createAndRemove(scene: Scene, { first }: Commits): Promise<void> {
  const { driver } = scene
  const name = `${scene.prefix}interleaved`
  const act = (i: number) => (i % 2 === 0 ? scene.create(tag(name, first)) : scene.ask(driver.remove(name)))
  const answers = await Promise.all(often.map(act))
  const made = answers.filter((_, i) => i % 2 === 0).map(({ status }) => status)
  const removed = answers.filter((_, i) => i % 2 === 1).map(({ status }) => status)
  for (const status of made)
    demandOneOf('a creation succeeds or is a duplicate', status, [
      driver.successes.create,
      ...driver.refusals.duplicate,
    ])
  for (const status of removed)
    demandOneOf('a deletion succeeds or finds nothing', status, [
      driver.successes.remove,
      ...driver.refusals.removeMissing,
    ])
  const count = (statuses: readonly number[], wanted: number) =>
    statuses.filter((status) => status === wanted).length
  const balance = count(made, driver.successes.create) - count(removed, driver.successes.remove)
  demandSame('what was made and not deleted is there', await scene.count(name), balance)
  demandSame('a look-up agrees with the list', isThere(await scene.find(name)), balance === 1)
}

async function createApart(scene: Scene, { first }: Commits): Promise<void> {
  const names = often.map((i) => `${scene.prefix}apart-${i}`)
  const answers = await Promise.all(names.map((name) => scene.create(tag(name, first))))
  const statuses = new Set(answers.map(({ status }) => status))
  demandSame('all of them succeed', [...statuses], [scene.driver.successes.create])
  const listed = new Set((await scene.list()).map(({ name }) => name))
  demandSame(
    'all of them are listed',
    names.filter((name) => !listed.has(name)),
    [],
  )
}
