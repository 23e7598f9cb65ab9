import type { SessionReport } from './drift.ts'
import { entryLine, groupDrifts, headline, openDrifts, type Report, saidLines } from './report.ts'

/** For CI servers: a suite per session, a case per exchange. https://github.com/testmoapp/junitxml */
export function writeJunit(report: Report): string {
  const suites = [...report.sessions.map(suiteOf), ...baselineSuite(report)]
  const sum = (key: 'tests' | 'failures' | 'skipped') => suites.reduce((all, suite) => all + suite[key], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="fakeforge compare" tests="${sum('tests')}" failures="${sum('failures')}" errors="0" skipped="${sum('skipped')}">`,
    ...suites.flatMap(({ name, tests, failures, skipped, cases }) => [
      `  <testsuite name="${xml(name)}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...cases.map((line) => `    ${line}`),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly name: string
  readonly tests: number
  readonly failures: number
  readonly skipped: number
  readonly cases: readonly string[]
}

function suiteOf({ vendor, source, exchanges, skipped }: SessionReport): Suite {
  const cases = exchanges.map(({ name, drifts }) => {
    const groups = groupDrifts(drifts)
    const [first] = groups
    if (!first) return testCase(vendor, name, '')
    const text = groups.flatMap((group) => [headline(group), ...saidLines(group).map((line) => `  ${line}`)])
    const more = groups.length > 1 ? `; ${groups.length - 1} more` : ''
    return testCase(
      vendor,
      name,
      `<failure message="${xml(headline(first) + more)}" type="drift">${xml(text.join('\n'))}</failure>`,
    )
  })
  const left = skipped.map(({ exchange, reason }) =>
    testCase(vendor, exchange, `<skipped message="${xml(reason)}"/>`),
  )
  return {
    name: `${vendor}, ${source}`,
    tests: cases.length + left.length,
    failures: exchanges.filter(({ drifts }) => openDrifts(drifts).length > 0).length,
    skipped: left.length,
    cases: [...cases, ...left],
  }
}

function baselineSuite({ baseline: { expired, unused } }: Report): Suite[] {
  if (expired.length + unused.length === 0) return []
  const cases = [
    ...expired.map((entry) =>
      testCase('baseline', entryLine(entry), '<failure message="its day is past" type="expired"/>'),
    ),
    ...unused.map((entry) =>
      testCase('baseline', entryLine(entry), '<skipped message="nothing needs it any more"/>'),
    ),
  ]
  return [{ name: 'baseline', tests: cases.length, failures: expired.length, skipped: unused.length, cases }]
}

function testCase(group: string, name: string, content: string): string {
  const head = `<testcase classname="fakeforge.compare.${xml(group)}" name="${xml(name)}"`
  return content === '' ? `${head}/>` : `${head}>${content}</testcase>`
}

/** Most control characters and lone surrogates have no place in XML 1.0, not even escaped. */
function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
