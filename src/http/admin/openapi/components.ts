import { Fixture } from '../../../forge/fixture/schema.ts'
import { State } from '../../../forge/state/schema.ts'
import type { Vocabulary } from './control-route.ts'
import { coverageSchema } from './coverage-components.ts'
import { faultComponents } from './fault-components.ts'
import { archiveSchema, findingSchema, requestSchema } from './journal-components.ts'
import {
  count,
  either,
  flag,
  instant,
  type JsonSchema,
  list,
  named,
  nullable,
  number,
  object,
  oneOf,
  record,
  text,
} from './json-schema.ts'

/** The schemas that routes refer to, by name. */
export function componentSchemas(vocabulary: Vocabulary): Readonly<Record<string, JsonSchema>> {
  return {
    Fixture: { ...Fixture },
    State: { ...State },
    Addresses: {
      type: 'object',
      additionalProperties: text,
      propertyNames: oneOf(...vocabulary.vendors),
    },
    ProjectAddresses: object({ path: text, id: count, clone: named('Addresses') }),
    Sandbox: sandboxSchema,
    Request: requestSchema(vocabulary),
    Finding: findingSchema(vocabulary),
    HttpArchive: archiveSchema,
    ...faultComponents(vocabulary),
    DeliveryState: oneOf('waiting', 'sending', 'delivered', 'failed', 'refused'),
    Delivery: deliverySchema(vocabulary),
    Coverage: coverageSchema(vocabulary),
    Problem: object({ path: text, message: text }),
  }
}

const sandboxSchema: JsonSchema = object({
  id: text,
  url: text,
  admin: text,
  header: object({ 'X-Fakeforge-Sandbox': text }),
  vendors: named('Addresses'),
  projects: list(named('ProjectAddresses')),
  createdAt: instant,
  expiresAt: nullable(instant),
})

function deliverySchema({ vendors }: Vocabulary): JsonSchema {
  const answer = object({
    status: count,
    headers: record(either(text, list(text))),
    body: text,
    truncated: flag,
  })
  return object({
    id: count,
    webhook: nullable(count),
    project: text,
    vendor: oneOf(...vendors),
    event: text,
    state: named('DeliveryState'),
    request: object({ method: oneOf('POST'), url: text, headers: record(text), body: text }),
    attempts: list(
      object({ at: instant, duration: number, answer: nullable(answer), error: nullable(text) }),
    ),
  })
}
