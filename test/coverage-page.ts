import type {
  Coverage,
  CoveredOperation,
  CoveredOutcome,
  CoveredRule,
  Totals,
  VendorCoverage,
} from '../src/http/coverage/coverage.ts'
import { type Evidence, type EvidenceKind, evidenceKinds } from '../src/vendors/evidence.ts'

const meanings: Readonly<Record<EvidenceKind, string>> = {
  recording: 'an answer of a real server that somebody has written down',
  source: "the vendor's own source, or its own tests",
  documentation: "the vendor's documentation",
  client: 'what a client expects that is used against real servers',
  inferred: 'our own conclusion; from what is said',
}

const head = `# Coverage

What each operation answers here, and where that is known from. Made from the tables that stand beside the code
(\`src/vendors/*/evidence\`), which the code's own refusals are typed by: a refusal without evidence does not compile, and a
test holds every answer of the others against them. A running server tells the same at \`GET /__admin/coverage\`, and with
\`--explain\` [each answer has it in a header](control-plane.md#why-an-answer-is-what-it-is).

Evidence, the strongest first. Each outcome counts by its strongest.

${table(
  ['kind', ''],
  evidenceKinds.map((kind) => [kind, meanings[kind]]),
)}

*Proven* is an operation that tests hold against a real client or a recording. Outcomes are counted per operation; those that any operation
can have count once.
`

/** docs/coverage.md. Routes are those of all profiles; where only some have one, they are named. */
export function writeCoveragePage({ vendors, totals }: Coverage, notes: ReadonlyMap<string, string>): string {
  const rows = [
    ...vendors.map((vendor) => totalsRow(`[${vendor.title}](#${anchorOf(vendor.title)})`, vendor.totals)),
    totalsRow('all', totals),
  ]
  const columns = ['', 'operations', 'proven', 'outcomes', ...evidenceKinds, 'rules of headers and order']
  return [head, table(columns, rows), ...vendors.map((vendor) => writeVendor(vendor, notes))].join('\n')
}

function totalsRow(name: string, { operations, proven, outcomes, rules }: Totals): string[] {
  const sum = (counts: Totals['outcomes']) => evidenceKinds.reduce((all, kind) => all + counts[kind], 0)
  const cells = [
    operations,
    proven,
    sum(outcomes),
    ...evidenceKinds.map((kind) => outcomes[kind]),
    sum(rules),
  ]
  return [name, ...cells.map(String)]
}

function writeVendor(vendor: VendorCoverage, notes: ReadonlyMap<string, string>): string {
  const { title, operations, everywhere, headers, orderings, unused } = vendor
  const successes = operations.flatMap(({ operation, outcomes }) =>
    outcomes.filter(({ isRefusal }) => !isRefusal).map((outcome) => ({ operation, outcome })),
  )
  const refusals = new Map<string, CoveredOutcome>()
  for (const outcome of [...everywhere, ...operations.flatMap(({ outcomes }) => outcomes)])
    if (outcome.isRefusal) refusals.set(outcome.name, outcome)
  const sections = [
    `\n## ${title}\n`,
    table(
      ['operation', '', 'routes', 'may refuse with', 'proven by', 'missing'],
      operations.map((operation) => operationRow(operation, notes.get(operation.operation) ?? '')),
    ),
    everywhere.length === 0 ? '' : `\nAny of them may refuse with ${names(everywhere)}.`,
    `\n### What ${title} answers\n`,
    table(
      ['operation', 'outcome', 'status', 'rule', 'evidence'],
      successes.map(({ operation, outcome }) => [shortName(operation), ...outcomeCells(outcome)]),
    ),
    `\n### What ${title} refuses\n`,
    table(['refusal', 'status', 'rule', 'evidence'], [...refusals.values()].map(outcomeCells)),
    unused.length === 0
      ? ''
      : `\nNo operation here ends in ${unused.map((code) => `\`${code}\``).join(', ')}.`,
    ...(headers.length === 0
      ? []
      : [`\n### Headers of ${title}\n`, table(['', 'rule', 'evidence'], headers.map(ruleCells))]),
    ...(orderings.length === 0
      ? []
      : [`\n### Order of lists of ${title}\n`, table(['', 'rule', 'evidence'], orderings.map(ruleCells))]),
  ]
  return sections.filter((section) => section !== '').join('\n')
}

function operationRow(
  { operation, summary, routes, outcomes, provenBy, missing }: CoveredOperation,
  note: string,
): string[] {
  const own = outcomes.filter(({ isRefusal }) => isRefusal)
  return [
    shortName(operation),
    note === '' ? summary : `${summary} (${note})`,
    shortRoutes(routes),
    names(own),
    provenBy.join(', '),
    missing.join('; '),
  ]
}

/** By address; a route for any method at all is one. */
function shortRoutes(routes: readonly string[]): string {
  const methods = new Map<string, string[]>()
  for (const route of routes) {
    const [method = '', ...path] = route.split(' ')
    const address = path.join(' ')
    methods.set(address, [...(methods.get(address) ?? []), method])
  }
  return [...methods]
    .map(([address, known]) => `\`${known.length > 4 ? 'any' : known.join(', ')} ${address}\``)
    .join('<br>')
}

function outcomeCells(outcome: CoveredOutcome): string[] {
  const statuses = [outcome.status, ...outcome.otherStatuses].join(', ')
  const [name = '', rule = '', evidence = ''] = ruleCells(outcome)
  return [name, statuses, rule, evidence]
}

function ruleCells({ name, rule, evidence }: CoveredRule): string[] {
  return [`\`${name}\``, rule, evidence.map(writeEvidence).join('<br>')]
}

function writeEvidence({ kind, source, since, until }: Evidence): string {
  const versions = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(', ')
  return `*${kind}*: ${source}${versions === '' ? '' : ` (${versions})`}`
}

function names(outcomes: readonly CoveredOutcome[]): string {
  return outcomes.map(({ name }) => `\`${name}\``).join(' ')
}

function shortName(operation: string): string {
  return `\`${operation.slice(operation.indexOf('.') + 1)}\``
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows]
    .map(
      (cells) =>
        `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<word', '&lt;word')).join(' | ')} |`,
    )
    .join('\n')
}
