import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Accepted, applyBaseline, loadBaseline, proposeBaseline } from '../../src/compare/baseline.ts'
import type { Drift, SessionReport } from '../../src/compare/drift.ts'
import { toReport } from '../../src/compare/report.ts'

const drift: Drift = {
  vendor: 'gitlab',
  operation: 'gitlab.listTags',
  exchange: 'GET /api/v4/projects/1/repository/tags',
  pointer: '/body/3/created_at',
  kind: 'extra',
  drifted: 'fake',
  said: { fake: null },
  evidence: null,
  accepted: null,
}
const reports: SessionReport[] = [
  {
    vendor: 'gitlab',
    source: 'a.har',
    exchanges: [{ name: drift.exchange, drifts: [drift] }],
    skipped: [],
    notes: [],
  },
]
const entry: Accepted = { pointer: '/body/*/created_at', reason: 'they run 13', expires: '2025-06-30' }
const apply = (...accepted: Accepted[]) => applyBaseline(reports, { accepted }, '2025-06-30')

it('lets a difference be until the day of its entry is past', () => {
  expect(toReport(apply(entry))).toMatchObject({
    verdict: 'same',
    counts: { drifts: 0, accepted: 1 },
    sessions: [{ exchanges: [{ drifts: [{ accepted: 'they run 13' }] }] }],
  })
  const yesterday = { ...entry, expires: '2025-06-29' }
  expect(toReport(apply(yesterday))).toMatchObject({
    verdict: 'drift',
    counts: { drifts: 1, accepted: 0 },
    baseline: { expired: [yesterday], unused: [] },
  })
})

it('reports entries that nothing needs, which is no drift', () => {
  const other = { ...entry, pointer: '/body/*/other' }
  expect(toReport(apply(entry, other))).toMatchObject({
    verdict: 'same',
    baseline: { expired: [], unused: [other] },
  })
})

it.each<[Partial<Accepted>, boolean]>([
  [{ vendor: 'gitlab' }, true],
  [{ vendor: 'gitflic' }, false],
  [{ operation: 'gitlab.list*' }, true],
  [{ operation: 'gitlab.get*' }, false],
  [{ exchange: 'GET /api/v4/*/tags' }, true],
  [{ exchange: 'GET /api/v4/projects/1/repository/tag' }, false],
  [{ pointer: '/body/*' }, false],
  [{ pointer: '/body/**' }, true],
  [{ pointer: '/body/3/created_at' }, true],
])('an entry with %j fits: %s', (part, isFitting) => {
  expect(toReport(apply({ ...entry, ...part })).verdict).toBe(isFitting ? 'same' : 'drift')
})

it('wants a reason and a day for each entry, and nothing that it does not know', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-baseline-'))
  const file = join(folder, 'accepted.json')
  const load = (...accepted: object[]) => {
    writeFileSync(file, JSON.stringify({ accepted }))
    return loadBaseline(file).catch((error: Error) => error.message.replaceAll(file, 'FILE'))
  }
  expect(await load(entry)).toEqual({ accepted: [entry] })
  expect(await load({ ...entry, reason: ' ' })).toBe(
    'FILE: accepted[0].reason: is empty; say why the difference may stay',
  )
  expect(await load({ pointer: '/status' })).toBe(
    "FILE: accepted[0]: must have required property 'reason'\nFILE: accepted[0]: must have required property 'expires'",
  )
  expect(await load({ ...entry, expires: '2025-02-31x' })).toContain(
    'accepted[0].expires: must match pattern',
  )
  expect(await load({ ...entry, expires: '2025-99-99' })).toBe(
    'FILE: accepted[0].expires: "2025-99-99" is no day',
  )
  expect(await load({ ...entry, why: 1 })).toBe('FILE: accepted[0]: unknown key "why"')
  rmSync(folder, { recursive: true })
})

it('proposes one entry for all items of a list, without a reason', () => {
  const more = { ...drift, pointer: '/body/4/created_at' }
  const [report] = reports
  const twice = [{ ...report!, exchanges: [{ name: drift.exchange, drifts: [drift, more] }] }]
  expect(proposeBaseline(twice, '2026-01-01')).toEqual({
    accepted: [
      {
        vendor: 'gitlab',
        operation: 'gitlab.listTags',
        exchange: 'GET /api/v4/projects/1/repository/tags',
        pointer: '/body/*/created_at',
        reason: '',
        expires: '2026-01-01',
      },
    ],
  })
})
