import type { Vocabulary } from './control-route.ts'
import {
  count,
  described,
  either,
  flag,
  type JsonSchema,
  list,
  named,
  number,
  object,
  oneOf,
  text,
} from './json-schema.ts'

const natural = { type: 'integer', minimum: 1 }
const milliseconds = { type: 'number', minimum: 0, maximum: 3_600_000 }
const part = either({ type: 'number', minimum: 0, maximum: 0.999 }, { const: true })
const always = { const: 'always' }

/** Schemas of fault rules and scenarios, by name. */
export function faultComponents(vocabulary: Vocabulary): Readonly<Record<string, JsonSchema>> {
  return {
    Times: described('How many requests are hit', either(natural, always)),
    Latency: latency,
    FaultRule: object({}, { sandbox: text, ...ruleFields(vocabulary) }),
    Fault: object(
      {
        id: text,
        after: count,
        times: named('Times'),
        seen: count,
        hits: count,
        left: either(count, always),
      },
      ruleFields(vocabulary),
    ),
    Scenario: object({
      name: oneOf(...vocabulary.scenarios),
      summary: text,
      correctClient: text,
      vendors: list(oneOf(...vocabulary.vendors)),
      operations: list(oneOf(...vocabulary.operations)),
      times: named('Times'),
    }),
  }
}

/** One effect, with or without latency; what else may be said of a rule. */
function ruleFields({ vendors, operations, scenarios }: Vocabulary) {
  return {
    vendor: oneOf(...vendors),
    operation: oneOf(...operations),
    method: text,
    path: { ...text, pattern: '^[/*]', description: '`*` for any characters' },
    user: text,
    token: text,
    after: described('How many requests are let through first', count),
    times: named('Times'),
    latency: named('Latency'),
    status: { type: 'integer', minimum: 400, maximum: 599 },
    retryAfter: described('Seconds; goes with `status`', count),
    when: described('Goes with `status` and `reset`', oneOf('before', 'after')),
    reset: flag,
    truncate: part,
    malformed: flag,
    drip: either(
      { const: true },
      object({}, { bytes: natural, interval: { ...milliseconds, minimum: 1 }, endless: flag }),
    ),
    cutPack: part,
    rateLimit: object({ limit: count, window: described('Seconds', natural) }),
    scenario: oneOf(...scenarios),
  }
}

const seed = { seed: count }
const latency = described(
  'Milliseconds, or a distribution of them',
  either(
    milliseconds,
    object({ distribution: oneOf('fixed'), value: milliseconds }),
    object({ distribution: oneOf('uniform'), min: milliseconds, max: milliseconds }, seed),
    object({ distribution: oneOf('normal'), mean: milliseconds, deviation: number }, seed),
    object({ distribution: oneOf('exponential'), mean: milliseconds }, seed),
  ),
)
