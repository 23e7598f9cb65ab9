import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Drift } from '../../src/compare/drift.ts'
import { redactReport } from '../../src/compare/redact.ts'
import { type Report, toReport } from '../../src/compare/report.ts'
import { writeJunit } from '../../src/compare/write-junit.ts'
import { writeMarkdown } from '../../src/compare/write-markdown.ts'
import { writeText } from '../../src/compare/write-text.ts'

const name = 'GET /api/v4/projects/1/repository/tags'
const drift = (pointer: string, part: Partial<Drift> = {}): Drift => ({
  vendor: 'gitlab',
  operation: 'gitlab.listTags',
  exchange: name,
  pointer,
  kind: 'value',
  drifted: 'live',
  said: { document: 'a', live: 'b' },
  evidence: { kind: 'documentation', source: 'Tags API' },
  accepted: null,
  ...part,
})

function report(...drifts: Drift[]): Report {
  const exchanges = [
    { name, drifts },
    { name: 'GET /api/v4/version', drifts: [] },
  ]
  const skipped = [{ exchange: 'POST /api/v4/tags', reason: 'it may change something' }]
  const sessions = [
    { vendor: 'gitlab', source: 'a.har', exchanges, skipped, notes: ['keys come in another order'] },
  ] as const
  const entry = { pointer: '/x', reason: 'old', expires: '2020-01-01' }
  return toReport({ reports: sessions, expired: [], unused: drifts.length > 0 ? [entry] : [] })
}

const some = report(
  drift('/status', { said: { document: 200, live: 404, fake: 200 } }),
  drift('/body/0/name', { kind: 'missing', drifted: 'fake', evidence: null }),
  drift('/body/1/name', { kind: 'missing', drifted: 'fake', evidence: null }),
)

it('writes for people what each side says, and who drifted', () => {
  expect(writeText(some)).toBe(`gitlab, a.har: drift in 2 exchanges
  GET /api/v4/projects/1/repository/tags
    /status has another value (live drifted)
      document: 200
      live: 404
      fake: 200
      known from: Tags API (documentation)
    /body/0/name is missing (fake drifted), and 1 more like it
      document: "a"
      live: "b"
  skipped: POST /api/v4/tags: it may change something
  note: keys come in another order
baseline: unused, may go: /x (until 2020-01-01: old)
drift: 2 exchanges, 3 differences, 1 skipped
`)
  expect(writeText(report())).toContain('gitlab, a.har: same in 2 exchanges\n')
})

it('writes a table for a merge request, in which nothing of a server is markup', () => {
  const hostile = report(drift('/body', { said: { live: '<img src=x>|`a`\n*b*' } }))
  expect(writeMarkdown(hostile)).toContain(
    '| gitlab | GET /api/v4/projects/1/repository/tags | /body has another value (live drifted) | live: "&lt;img src=x>\\|\\`a\\`\\\\n\\*b\\*"<br>known from: Tags API (documentation) |',
  )
  expect(writeMarkdown(report())).toMatch(
    /^### fakeforge compare: same\n\n2 exchanges, 0 differences, 1 skipped\n/,
  )
})

/** What another XML parser finds in it. */
function parseXml(xml: string) {
  const script = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
print(json.dumps([
  root.attrib,
  [[suite.attrib, [[case.attrib['name'], [[part.tag, part.get('message'), part.text] for part in case]] for case in suite]] for suite in root]
]))`
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input: xml, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

it('writes JUnit: a suite per session, a case per exchange', () => {
  expect(parseXml(writeJunit(some))).toEqual([
    { name: 'fakeforge compare', tests: '4', failures: '1', errors: '0', skipped: '2' },
    [
      [
        { name: 'gitlab, a.har', tests: '3', failures: '1', errors: '0', skipped: '1' },
        [
          [
            name,
            [
              [
                'failure',
                '/status has another value (live drifted); 1 more',
                '/status has another value (live drifted)\n  document: 200\n  live: 404\n  fake: 200\n  known from: Tags API (documentation)\n/body/0/name is missing (fake drifted), and 1 more like it\n  document: "a"\n  live: "b"',
              ],
            ],
          ],
          ['GET /api/v4/version', []],
          ['POST /api/v4/tags', [['skipped', 'it may change something', null]]],
        ],
      ],
      [
        { name: 'baseline', tests: '1', failures: '0', errors: '0', skipped: '1' },
        [['/x (until 2020-01-01: old)', [['skipped', 'nothing needs it any more', null]]]],
      ],
    ],
  ])
})

it('writes XML that another parser reads, whatever servers say', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const hostile = report(drift(`/headers/${text}`, { exchange: text, said: { live: text } }))
      expect(parseXml(writeJunit(hostile))[0].failures).toBe('1')
    }),
    { numRuns: 15 },
  )
  const nasty = '\u0000\u0008\ud800 ]]> &amp; <b> "q" \'s\' \ufffe \u{1f600}\n\t'
  const [, [[, [[, [[, message]]]]]]] = parseXml(writeJunit(report(drift(nasty))))
  expect(message).toBe(
    '\ufffd\ufffd\ufffd ]]> &amp; <b> "q" \'s\' \ufffd \u{1f600}\n\t has another value (live drifted)',
  )
})

it('tells no credential', () => {
  const secret = 'glpat-0123456789'
  const [session] = report(
    drift('/body/runners_token', { said: { live: 'abcdef123', fake: 17 } }),
    drift('/body', {
      said: {
        live: { private_token: 'xyzxyzxyz', note: `it is ${secret}` },
        fake: `https://a:${secret}@b.test/`,
      },
    }),
    drift('/headers/link', {
      exchange: `GET /tags?private_token=${secret}`,
      said: { live: '<http://a.test/?private_token=other-one>' },
    }),
  ).sessions
  const clean = JSON.stringify(redactReport(session!, new Set([secret])))
  for (const text of [secret, 'abcdef123', 'xyzxyzxyz', 'other-one', '17'])
    expect(clean).not.toContain(`${text}`)
  expect(clean).toContain('it is ***')
})
