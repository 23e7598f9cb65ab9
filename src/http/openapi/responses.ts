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

/** What is known of a vendor, from its own description and, where there is any, its evidence. */
export interface Knowledge {
  readonly vendor: VendorDescription
  readonly evidence: VendorEvidence | undefined
  readonly names: SchemaNames
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
  const told: Answers = { ...goodAnswers(route, knowledge), ...vendor.answersTo(method, path) }
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
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      { ...answer, description: rulesOf(operation, Number(status), knowledge) ?? answer.description },
    ]),
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

/** What the evidence says of good answers with that status. */
function rulesOf(operation: string, status: number, { evidence }: Knowledge): string | undefined {
  const successes = Object.values(operationIn(evidence, operation)?.successes ?? {})
  return sentences(successes.filter((success) => success.status === status).map(({ rule }) => rule))
}

function describeRefusals(route: DescribedRoute, { vendor, evidence }: Knowledge): Responses {
  const content = vendor.errorsAt(route.path)
  const general = vendor.headersAt(route.path)
  const isMute = route.method === 'head'
  const rest: AnswerDescription = { description: 'It is refused.', content }
  const known = [...refusalsOf(evidence, route.operation)].map(([status, rules]) => [
    status,
    describe({ description: sentences(rules) ?? '', content }, general, isMute),
  ])
  return { ...Object.fromEntries(known), default: describe(rest, general, isMute) }
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
