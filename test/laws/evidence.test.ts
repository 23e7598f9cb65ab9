import { describe, expect, it } from 'vitest'
import { gitEvidence } from '../../src/http/coverage/git-evidence.ts'
import { GIT_OPERATIONS } from '../../src/http/operations.ts'
import { buildApp } from '../../src/index.ts'
import { type Evidence, evidenceKinds, type Rule, type VendorEvidence } from '../../src/vendors/evidence.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'
import { looseNames, registeredOperations } from '../vendors/evidence-names.ts'

function evidenceOf({ evidence }: Vendor): Promise<VendorEvidence> {
  return evidence()
}

/** Every rule of a table, with a name to find it by. */
function rulesOf({
  operations,
  failures,
  refusals,
  headers,
  orderings,
}: typeof gitEvidence): [string, Rule][] {
  const groups: [string, Readonly<Record<string, Rule>>][] = [
    ...Object.entries(operations).map(([name, { successes }]): [string, typeof successes] => [
      name,
      successes,
    ]),
    ['failures', failures as Readonly<Record<string, Rule>>],
    ['refusals', refusals],
    ['headers', headers],
    ['orderings', orderings],
  ]
  return groups.flatMap(([group, rules]) =>
    Object.entries(rules).map(([name, rule]): [string, Rule] => [`${group}/${name}`, rule]),
  )
}

/** Sources are for readers anywhere: no path or address of ours, no file that only we have, nothing but words. */
const NO_SOURCE =
  /^\s*$|^\s|\s$|[\n\r\t]|\/(?:work|tmp|home|root)\b|localhost|127\.0\.0|\bsrc\/|\btest\/(?!clients)|\bdocs\/|\.md\b|fakeforge|https?:\/\//

function misfit({ kind, source, since, until }: Evidence): boolean {
  const versions = [since, until].filter((version) => version !== undefined)
  return (
    !evidenceKinds.includes(kind) ||
    NO_SOURCE.test(source) ||
    source.length < 3 ||
    versions.some((version) => !/^[\w.]+( \w+)*$/.test(version))
  )
}

describe.each(vendors.map((vendor) => [vendor.id, vendor] as const))('the evidence of %s', (id, vendor) => {
  it('names the operations that some profile has, and no others', async () => {
    const { operations } = await evidenceOf(vendor)
    expect(Object.keys(operations).sort()).toEqual(await registeredOperations(vendor))
    expect(Object.keys(operations).filter((name) => !name.startsWith(`${id}.`))).toEqual([])
  })

  it('knows every name that it uses, and uses every name that it knows but failures', async () => {
    const evidence = await evidenceOf(vendor)
    expect(looseNames(evidence)).toEqual([])
    const all = [evidence.everywhere, ...Object.values(evidence.operations)]
    const used = all.flatMap(({ failures }) => failures)
    expect(used.filter((code) => !Object.hasOwn(evidence.failures, code))).toEqual([])
    const clashes = Object.keys(evidence.refusals).filter((name) => Object.hasOwn(evidence.failures, name))
    expect(clashes).toEqual([])
  })

  it('names nothing twice in one list', async () => {
    const { operations, everywhere } = await evidenceOf(vendor)
    const lists = Object.entries({ ...operations, everywhere }).map(
      ([name, { failures, refusals }]) => [name, [...failures, ...refusals]] as const,
    )
    expect(lists.filter(([, list]) => new Set(list).size < list.length).map(([name]) => name)).toEqual([])
  })

  it('has a sentence and a source in words for every rule', async () => {
    const rules = rulesOf(await evidenceOf(vendor))
    const wrong = rules.filter(
      ([, { rule, evidence }]) =>
        evidence.length === 0 || evidence.some(misfit) || !/^\S(?:.*\S)?$/.test(rule),
    )
    expect(wrong).toEqual([])
  })

  it('knows no success whose status the routes do not', async () => {
    const { operations } = await evidenceOf(vendor)
    const known = await knownStatuses(vendor)
    const unknown = Object.entries(operations).flatMap(([name, { successes }]) =>
      Object.entries(successes)
        // What answers in the place of all routes has no schema.
        .filter(([, { status }]) => !name.endsWith('.getOptions') && !known.get(name)?.has(status))
        .map(([outcome, { status }]) => `${name}/${outcome} ${status}`),
    )
    expect(unknown).toEqual([])
  })
})

/** HEAD is GET without its body. */
function readMethod(method: string): string {
  return method === 'HEAD' ? 'get' : method.toLowerCase()
}

/** The statuses that schemas and descriptions of a vendor's routes have, by operation, in all of its profiles. */
async function knownStatuses(vendor: Vendor): Promise<Map<string, Set<number>>> {
  const known = new Map<string, Set<number>>()
  for (const profile of vendor.profiles) {
    const app = await buildApp({ profiles: { [vendor.id]: profile } })
    await app.applications.openAll()
    const description = await vendor.description({ profile, quirks: new Set(), prefix: '' })
    for (const { operation, methods, url, schema } of app.control.operations.routesOf(vendor.id)) {
      const template = url.replace(/:(\w+)/g, '{$1}')
      const statuses = known.get(operation) ?? new Set()
      known.set(operation, statuses)
      const response = schema.response as Readonly<Record<string, unknown>> | undefined
      const own = description.answers[operation.slice(vendor.id.length + 1)] ?? (response ? {} : { 204: {} })
      const any = methods.map((method) => description.answersTo(readMethod(method), template))
      for (const answers of [response ?? {}, own, ...any])
        for (const status of Object.keys(answers)) statuses.add(Number(status))
    }
    await app.close()
  }
  return known
}

describe('the evidence of git', () => {
  it('is about its three requests, and has a source for everything', () => {
    expect(Object.keys(gitEvidence.operations)).toEqual([...GIT_OPERATIONS])
    const wrong = rulesOf(gitEvidence).filter(
      ([, { evidence }]) => evidence.length === 0 || evidence.some(misfit),
    )
    expect(wrong).toEqual([])
    const used = Object.values(gitEvidence.operations).flatMap(({ failures, refusals }) => [
      ...failures,
      ...refusals,
    ])
    const known = [...Object.keys(gitEvidence.failures), ...Object.keys(gitEvidence.refusals)]
    expect([...new Set([...used, ...gitEvidence.everywhere.refusals])].sort()).toEqual(known.sort())
  })
})

/** Only a push does, which is told of each ref in an answer of 200. */
const TOLD_BY_REF = ['ref-target-invalid']

it('every failure of the forge is one that some operation ends in', async () => {
  const tables = await Promise.all(vendors.map(evidenceOf))
  const used = new Set<string>(
    tables.flatMap(({ operations, everywhere }) =>
      [everywhere, ...Object.values(operations)].flatMap(({ failures }) => failures),
    ),
  )
  expect(Object.keys(tables[0]!.failures).filter((code) => !used.has(code))).toEqual(TOLD_BY_REF)
})
