import type {
  AnswerDescription,
  Answers,
  Headers,
  JsonSchema,
  VendorDescription,
} from '../../vendors/description.ts'
import type { RefusalRule, VendorEvidence } from '../../vendors/evidence.ts'
import type { DescribedRoute } from './described-routes.ts'
import { publicSchema } from './public-schema.ts'
import type { SchemaNames } from './schema-names.ts'
import type { SharedResponses } from './shared-responses.ts'

/** What is known of a vendor, from its own description and, where there is any, its evidence. */
export interface Knowledge {
  readonly vendor: VendorDescription
  readonly evidence: VendorEvidence | undefined
  readonly names: SchemaNames
  readonly shared: SharedResponses
}

const MEANINGS: Readonly<Record<string, string>> = {
  200: 'It is done.',
  201: 'It is made.',
  204: 'It is done.',
}

type Responses = Record<string, JsonSchema>

/** Each answer that an operation can give, by status, and what it refuses with. */
export function describeResponses(route: DescribedRoute, knowledge: Knowledge): Responses {
  const { vendor } = knowledge
  const { method, path } = route
  const general = vendor.headersAt(path)
  const told: Answers = { ...vendor.answersTo(method, path), ...goodAnswers(route, knowledge) }
  const good = Object.entries(told).map(([status, answer]) => [
    status,
    describe(answer, general, method === 'head'),
  ])
  return { ...describeRefusals(route, knowledge), ...Object.fromEntries(good) }
}

function goodAnswers(route: DescribedRoute, knowledge: Knowledge): Answers {
  const { operation, schema, method } = route
  const { vendor } = knowledge
  const given = Object.entries(schema.response ?? {})
  const isSilent = given.length === 0 && vendor.answers[operation] === undefined
  const parameters = Object.keys((schema.querystring?.properties ?? {}) as object)
  const headers = method === 'head' ? {} : vendor.headersOf(operation, parameters)
  const types = vendor.typesOf(operation, parameters)
  const declared = given.map(([status, schema]) => [
    status,
    { ...answerOf(status, schema, types, knowledge), headers },
  ])
  const answers: Answers = {
    ...(isSilent && { 204: { description: MEANINGS[204] ?? '' } }),
    ...Object.fromEntries(declared),
    ...vendor.answers[operation],
  }
  const successes = Object.values(operationIn(knowledge.evidence, operation)?.successes ?? {})
  const statuses = [...Object.keys(answers).map(Number), ...successes.map(({ status }) => status)]
  return Object.fromEntries(
    statuses.map((status) => {
      const rules = successes.filter((success) => success.status === status).map(({ rule }) => rule)
      return [
        status,
        { ...answers[status], description: sentences(rules) ?? answers[status]?.description ?? '' },
      ]
    }),
  )
}

function answerOf(
  status: string,
  schema: JsonSchema,
  types: readonly string[],
  { names }: Knowledge,
): AnswerDescription {
  const description = MEANINGS[status] ?? 'It is done.'
  if (schema.type === 'null') return { description }
  const read = names.refer(publicSchema(schema, 'answer'))
  return { description, content: Object.fromEntries(types.map((type) => [type, read])) }
}

function describeRefusals(route: DescribedRoute, { vendor, evidence, shared }: Knowledge): Responses {
  const content = vendor.errorsAt(route.path)
  const general = vendor.headersAt(route.path)
  const told = [...refusalsOf(evidence, route.operation)].map(
    ([status, rules]) => [String(status), sentences(rules) ?? ''] as const,
  )
  return Object.fromEntries(
    [...told, ['default', 'It is refused.'] as const].map(([status, description]) => [
      status,
      shared.refer(status, describe({ description, content }, general, route.method === 'head')),
    ]),
  )
}

/** What the evidence says that an operation can be refused for, by status. */
function refusalsOf(evidence: VendorEvidence | undefined, operation: string): Map<number, string[]> {
  const found = new Map<number, string[]>()
  const own = operationIn(evidence, operation)
  if (!evidence || !own) return found
  const { everywhere, failures, refusals } = evidence
  const rules: (RefusalRule | undefined)[] = [
    ...[...own.failures, ...everywhere.failures].map((code) => failures[code]),
    ...[...own.refusals, ...everywhere.refusals].map((name) => refusals[name]),
  ]
  for (const { status, otherStatuses = [], rule } of rules.filter((each) => each !== undefined)) {
    for (const each of [status, ...otherStatuses]) found.set(each, [...(found.get(each) ?? []), rule])
  }
  return found
}

/** Operations are named there with their vendor or without. */
export function operationIn(evidence: VendorEvidence | undefined, operation: string) {
  const found = Object.entries(evidence?.operations ?? {}).find(
    ([name]) => name === operation || name.endsWith(`.${operation}`),
  )
  return found?.[1]
}

function sentences(rules: readonly string[]): string | undefined {
  const all = [...new Set(rules)].map((rule) => (/[.!?]$/.test(rule) ? rule : `${rule}.`))
  return all.length === 0 ? undefined : all.join('\n\n')
}

function describe(answer: AnswerDescription, general: Headers, isMute: boolean): JsonSchema {
  const { description, content, headers } = answer
  const all = { ...general, ...headers }
  return {
    description,
    ...(Object.keys(all).length > 0 && { headers: all }),
    ...(content &&
      !isMute && {
        content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
      }),
  }
}
