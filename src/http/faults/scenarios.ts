import type { VendorId } from '../../options.ts'
import type { FaultDialect, VendorScenario } from '../../vendors/fault-dialect.ts'
import type { CapturedAnswer } from './captured-answer.ts'
import type { Scenario, Stage } from './scenario.ts'
import { takeTagAway } from './scenery.ts'

export type Dialects = ReadonlyMap<VendorId, FaultDialect>

/** All scenarios of a server: those that any vendor can tell, then those of each vendor. */
export function scenariosOf(dialects: Dialects): ReadonlyMap<string, Scenario> {
  const own = [...dialects].flatMap(([vendor, { scenarios }]) =>
    scenarios.map((scenario) => ofVendor(vendor, scenario)),
  )
  const all = [vanishingTag(dialects), refusedToken(dialects), retriedDelete(dialects), ...own]
  return new Map(all.map((scenario) => [scenario.name, scenario]))
}

function vanishingTag(dialects: Dialects): Scenario {
  const stages = stagesOf(dialects, 'list')
  return {
    name: 'vanishing-tag',
    summary:
      'Right after the first page of a list has gone out, somebody else deletes the first tag on it: pages counted by ' +
      'number or offset move up by one, so that the next page leaves a tag out, and the tag that was listed is gone.',
    correctClient:
      'Takes a list for a glance at something that moves: goes by keyset where there is one or lists again, drops ' +
      'doubles, and takes 404 for a tag that it has just seen as "gone", not as an error.',
    ...stages,
    times: 1,
    tags: null,
    concerns: ({ operation, vendor, query }) =>
      operation !== null &&
      stages.operations.includes(operation) &&
      isLaterPage(dialects, vendor, query) === false,
    play: ({ request, call, dialect, change }) =>
      change((answer) => {
        const project = dialect.tags.projectOf(request)
        const [first] = dialect.tags.namesIn(readJson(answer.body))
        if (project && first !== undefined) takeTagAway(project, first, call.vendor ?? '')
        return answer
      }),
  }
}

function refusedToken(dialects: Dialects): Scenario {
  const stages = stagesOf(dialects, 'list')
  return {
    name: 'token-refused-on-page-2',
    summary: 'The token is good for the first page of a list of tags and refused from the second one on.',
    correctClient:
      'Fails as a whole, naming the credential. It never takes the pages it has for the whole list, and does not repeat ' +
      'the request with the same token.',
    ...stages,
    times: null,
    tags: null,
    concerns: ({ operation, vendor, query }) =>
      operation !== null &&
      stages.operations.includes(operation) &&
      isLaterPage(dialects, vendor, query) === true,
    play: ({ reply, dialect, answer }) => answer(dialect.refuseCredential(reply)),
  }
}

function retriedDelete(dialects: Dialects): Scenario {
  const stages = stagesOf(dialects, 'remove')
  return {
    name: 'delete-404-after-retry',
    summary:
      'A tag is deleted, but the answer gets lost behind a proxy that says 502. Who tries again is told 404: the tag is gone.',
    correctClient:
      'After a retry of its own takes 404 on a delete for success: what it wanted has come about. On a first try 404 ' +
      'stays an error.',
    ...stages,
    times: 1,
    tags: null,
    concerns: ({ operation }) => operation !== null && stages.operations.includes(operation),
    play: ({ reply, dialect, facts, change }) => change(() => dialect.answer(502, reply, facts)),
  }
}

function ofVendor(vendor: VendorId, scenario: VendorScenario): Scenario {
  const { name, summary, correctClient, operations, tags = null } = scenario
  return {
    name,
    summary,
    correctClient,
    vendors: [vendor],
    operations,
    times: null,
    tags,
    concerns: ({ operation }) => operation !== null && operations.includes(operation),
    play: ({ call, change }) => change((answer) => rewrite(scenario, answer, call)),
  }
}

function rewrite(scenario: VendorScenario, answer: CapturedAnswer, { query }: Stage['call']): CapturedAnswer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const draft = { status: answer.status, headers, body: answer.body.toString() }
  const { status, headers: changed, body } = scenario.rewrite(draft, query)
  return { status, headers: changed as CapturedAnswer['headers'], body: Buffer.from(body) }
}

/** The vendors that have such operations, and the operations. */
function stagesOf(dialects: Dialects, kind: 'list' | 'remove'): Pick<Scenario, 'vendors' | 'operations'> {
  const able = [...dialects].filter(([, { tags }]) => tags[kind].length > 0)
  return { vendors: able.map(([vendor]) => vendor), operations: able.flatMap(([, { tags }]) => tags[kind]) }
}

function isLaterPage(
  dialects: Dialects,
  vendor: VendorId | null,
  query: URLSearchParams,
): boolean | undefined {
  return vendor === null ? undefined : dialects.get(vendor)?.tags.isLaterPage(query)
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
