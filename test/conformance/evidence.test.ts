import { expect, it } from 'vitest'
import type { Refusal } from '../../src/conformance/index.ts'
import type { FailureCode } from '../../src/failure.ts'
import { vendors } from '../../src/vendors/index.ts'
import { driverOf } from './places.ts'

/** What a driver expects when, and the failure of the forge behind it. */
const rows: readonly [Refusal, FailureCode][] = [
  ['duplicate', 'ref-exists'],
  ['name', 'ref-name-invalid'],
  ['target', 'revision-unknown'],
  ['missing', 'ref-missing'],
]

/** Where a refusal of the vendor's own stands for one of the forge. */
const own: Readonly<Record<string, string>> = { 'bitbucket target': 'start-point-unknown' }

it.each(vendors.filter(({ evidence }) => evidence))(
  'the driver of $id expects the refusals that the evidence of $id names',
  async ({ id, evidence }) => {
    const known = await evidence?.()
    const { refusals, cannot } = driverOf(id)
    const protection: typeof rows = cannot.protect === undefined ? [['protected', 'tag-protected']] : []
    const all = [...rows, ...protection]
    const statusOf = ([refusal, code]: (typeof rows)[number]) =>
      known?.refusals[own[`${id} ${refusal}`] ?? '']?.status ?? known?.failures[code].status
    expect(all.map(([refusal]) => [refusal, refusals[refusal][0]])).toEqual(
      all.map((row) => [row[0], statusOf(row)]),
    )
  },
)
