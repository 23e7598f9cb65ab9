import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Coverage, CoveredOperation, VendorCoverage } from '../../../src/http/coverage/coverage.ts'
import { buildApp, connect, startFakeForge } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'

let app: FastifyInstance
let coverage: Coverage
beforeAll(async () => {
  app = await buildApp({ prefixes: { bitbucket: '/bitbucket' }, profiles: { gitlab: '13' } })
  const { status, body } = await callerOf(app, { host: 'localhost' })('GET', '/__admin/coverage')
  expect(status).toBe(200)
  coverage = body as Coverage
})
afterAll(() => app.close())

function vendorIn(id: string): VendorCoverage {
  return coverage.vendors.find(({ vendor }) => vendor === id)!
}

function operationIn(name: string): CoveredOperation {
  return vendorIn(name.split('.')[0]!).operations.find(({ operation }) => operation === name)!
}

describe('GET /coverage', () => {
  it('tells of each vendor as it is mounted, and of git', () => {
    expect(coverage.vendors.map(({ vendor, profile }) => [vendor, profile])).toEqual([
      ['bitbucket', 'modern'],
      ['gitlab', '13'],
      ['gitflic', 'current'],
      ['codearts', 'current'],
      ['git', null],
    ])
    expect(operationIn('bitbucket.createTag').routes).toEqual([
      'POST /bitbucket/rest/api/1.0/projects/{key}/repos/{slug}/tags',
    ])
    expect(operationIn('gitlab.createTagRelease').routes).toHaveLength(1)
    expect(operationIn('gitlab.getTagSignature').routes).toEqual([])
    expect(operationIn('git.receivePack').routes).toEqual(['POST …/git-receive-pack'])
  })

  it('has successes and refusals of an operation, with their evidence, the strongest first', () => {
    const { outcomes, summary, provenBy } = operationIn('gitlab.createTag')
    expect([summary, provenBy]).toEqual(['Create a tag', ['@gitbeaker/rest', 'python-gitlab']])
    expect(outcomes.find(({ name }) => name === 'lightweight')).toEqual({
      name: 'lightweight',
      isRefusal: false,
      status: 201,
      otherStatuses: [],
      rule: 'Without a message, or with a blank one, the tag is lightweight, on the peeled commit; message is "".',
      evidence: [
        { kind: 'recording', source: 'packit/ogr’s recorded answers' },
        { kind: 'source', source: 'lib/api/tags.rb' },
        { kind: 'source', source: 'spec/requests/api/tags_spec.rb' },
      ],
    })
    expect(outcomes.find(({ name }) => name === 'ref-exists')).toMatchObject({ isRefusal: true, status: 400 })
    const everywhere = vendorIn('gitlab').everywhere.map(({ name }) => name)
    expect(everywhere).toContain('credential-unknown')
    expect(outcomes.filter(({ name }) => everywhere.includes(name))).toEqual([])
  })

  it('counts by the strongest evidence, and adds up', () => {
    for (const { totals, operations, everywhere, headers, orderings } of coverage.vendors) {
      const all = [...everywhere, ...operations.flatMap(({ outcomes }) => outcomes)]
      expect(Object.values(totals.outcomes).reduce((sum, count) => sum + count)).toBe(all.length)
      expect(Object.values(totals.rules).reduce((sum, count) => sum + count)).toBe(
        headers.length + orderings.length,
      )
      expect(totals.outcomes.recording).toBe(
        all.filter(({ evidence }) => evidence[0]?.kind === 'recording').length,
      )
      expect(totals.operations).toBe(operations.length)
      expect(totals.proven).toBeGreaterThan(0)
    }
    const sum = coverage.vendors.reduce((all, { totals }) => all + totals.outcomes.source, 0)
    expect(coverage.totals.outcomes.source).toBe(sum)
  })
})

it('is the same in this process and from elsewhere', async () => {
  await using forge = await startFakeForge()
  const elsewhere = await connect(forge.url)
  expect(JSON.parse(JSON.stringify(await forge.coverage()))).toEqual(await elsewhere.coverage())
})
