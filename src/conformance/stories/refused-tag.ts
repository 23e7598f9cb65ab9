import type { Refusal } from '../driver.ts'
import { demandOneOf, demandSame } from '../mismatch.ts'
import type { Step } from '../story.ts'
import { MAKES_ANNOTATED } from './annotated-tag.ts'
import type { Life } from './life.ts'
import { demandAgreement, isThere, KNOWS_COMMITS } from './seeing.ts'

/** An id that no commit has. */
const NOWHERE = 'deadbeef'.repeat(5)

/** What is refused, and changes nothing. */
export function refusalSteps(told: Life): readonly Step[] {
  const { scene, commits, annotated, seen } = told
  const { driver, environment } = scene
  const demandRefused = (status: number, why: Refusal) =>
    demandOneOf('it is refused in the way of this vendor', status, driver.refusals[why])
  const duplicate = (target: () => string, message: () => string) => async () => {
    const answer = await scene.create({ name: annotated, target: target(), message: message() })
    demandRefused(answer.status, 'duplicate')
    demandAgreement('the tag is as it was', await scene.find(annotated), seen.annotated!)
  }
  const needs = [MAKES_ANNOTATED]
  return [
    {
      name: 'refuses a duplicate',
      writes: true,
      needs,
      act: duplicate(
        () => commits.second,
        () => 'Another one',
      ),
    },
    {
      name: 'refuses the very same tag again',
      writes: true,
      needs,
      act: duplicate(
        () => commits.first,
        () => seen.annotated?.message ?? 'The same',
      ),
    },
    {
      name: 'refuses a target that is nowhere',
      writes: true,
      async act() {
        const name = `${scene.prefix}nowhere`
        const answer = await scene.create({ name, target: NOWHERE, message: 'To nowhere' })
        demandRefused(answer.status, 'target')
        demandSame('nothing is left behind', isThere(await scene.find(name)), false)
      },
    },
    {
      name: 'refuses a name below that of a tag',
      writes: true,
      needs,
      async act() {
        const name = `${annotated}/below`
        const { status } = await scene.create({ name, target: commits.first, message: 'Below' })
        demandSame('it is refused as a mistake of the client', status >= 400 && status < 500, true)
        demandSame('nothing is left behind', await scene.count(name), 0)
      },
    },
    {
      name: 'refuses a protected name',
      writes: true,
      needs: [KNOWS_COMMITS],
      unable: () => driver.cannot.protect ?? (environment.limited ? null : 'nobody here may not'),
      async act() {
        const { caller, name: nameOf } = environment.limited!
        const name = nameOf(`${scene.prefix}protected`)
        const tag = { name, target: commits.first, message: 'Protected' }
        const answer = await scene.create(tag, { driver, caller, role: 'limited' })
        demandRefused(answer.status, 'protected')
        demandSame('nothing is left behind', await scene.count(name), 0)
      },
    },
  ]
}
