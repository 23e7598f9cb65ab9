import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Coverage, CoveredOperation, VendorCoverage } from '../src/http/coverage/coverage.ts'
import { buildApp, type Options } from '../src/index.ts'
import { vendors } from '../src/vendors/index.ts'
import { callerOf } from './caller.ts'
import { writeCoveragePage } from './coverage-page.ts'

const FILE = 'docs/coverage.md'

async function coverageOf(options: Partial<Options>): Promise<Coverage> {
  const app = await buildApp(options)
  const { body } = await callerOf(app, { host: 'localhost' })('GET', '/__admin/coverage')
  await app.close()
  return body as Coverage
}

/** What each profile of each vendor has, in rounds: the first ones, the second ones … */
async function coverageOfProfiles(): Promise<Coverage[]> {
  const rounds = Math.max(...vendors.map(({ profiles }) => profiles.length))
  return Promise.all(
    Array.from({ length: rounds }, (_, round) =>
      coverageOf({
        profiles: Object.fromEntries(
          vendors.map(({ id, profiles }) => [id, profiles[round] ?? profiles[0] ?? '']),
        ),
      }),
    ),
  )
}

/** The routes of all profiles; and which profiles have an operation, where not all have. */
function merge([first, ...others]: readonly Coverage[]) {
  const notes = new Map<string, string>()
  const all = first ? [first, ...others] : []
  const operationIn = (
    coverage: Coverage,
    { operation }: CoveredOperation,
  ): [CoveredOperation, VendorCoverage][] =>
    coverage.vendors.flatMap((vendor) =>
      vendor.operations
        .filter((each) => each.operation === operation && each.routes.length > 0)
        .map((each): [CoveredOperation, VendorCoverage] => [each, vendor]),
    )
  const merged = (first?.vendors ?? []).map((vendor) => ({
    ...vendor,
    operations: vendor.operations.map((operation) => {
      const found = all.flatMap((coverage) => operationIn(coverage, operation))
      const having = new Set(found.map(([, { profile }]) => profile))
      const profiles = new Set(
        all.map(({ vendors }) => vendors.find((each) => each.vendor === vendor.vendor)?.profile),
      )
      if (having.size < profiles.size) notes.set(operation.operation, `only ${[...having].join(', ')}`)
      return { ...operation, routes: [...new Set(found.flatMap(([{ routes }]) => routes))] }
    }),
  }))
  return { notes, vendors: merged }
}

it('docs/coverage.md is what the evidence says', async () => {
  const rounds = await coverageOfProfiles()
  const { notes, vendors: merged } = merge(rounds)
  const page = `${writeCoveragePage({ vendors: merged, totals: rounds[0]!.totals }, notes)}\n`
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, page)
  expect(readFileSync(FILE, 'utf8')).toBe(page)
  for (const { operations } of merged)
    expect(operations.filter(({ routes }) => routes.length === 0)).toEqual([])
})
