import { findingKinds } from '../../findings/finding.ts'
import type { Vocabulary } from './control-route.ts'
import {
  count,
  either,
  flag,
  instant,
  type JsonSchema,
  list,
  nullable,
  number,
  object,
  oneOf,
  record,
  text,
} from './json-schema.ts'

const headers = record(either(text, list(text)))

/** A request of the journal, see journal/present-entry.ts. */
export function requestSchema({ vendors, operations }: Vocabulary): JsonSchema {
  const body = object({ text: nullable(text), size: nullable(count), cut: flag })
  return object(
    {
      number: { ...count, minimum: 1 },
      time: instant,
      sandboxTime: instant,
      sandbox: nullable(text),
      vendor: oneOf(...vendors, null),
      operation: oneOf(...operations, null),
      user: nullable(text),
      method: text,
      path: text,
      query: text,
      httpVersion: text,
      request: object({ headers, body }),
      status: nullable({ type: 'integer', minimum: 100, maximum: 599 }),
      answer: object({ headers, body }),
      cutOff: flag,
      duration: number,
      unread: list(text),
      refusal: nullable(text),
      fault: nullable(text),
    },
    { findings: list(object({ kind: oneOf(...findingKinds), wrong: text, right: text })) },
  )
}

/** See findings/finding.ts. */
export function findingSchema({ vendors, operations }: Vocabulary): JsonSchema {
  return object({
    kind: oneOf(...findingKinds),
    request: { ...count, minimum: 1 },
    vendor: oneOf(...vendors, null),
    operation: oneOf(...operations, null),
    user: nullable(text),
    method: text,
    path: text,
    wrong: text,
    right: text,
  })
}

const pair = object({ name: text, value: text })
const exchanged = {
  httpVersion: text,
  cookies: list(pair),
  headers: list(pair),
  headersSize: { type: 'integer' },
  bodySize: { type: 'integer' },
}

/** As far as fakeforge fills it in. http://www.softwareishard.com/blog/har-12-spec/ */
export const archiveSchema: JsonSchema = object({
  log: object({
    version: oneOf('1.2'),
    creator: object({ name: text, version: text }),
    pages: list(object({})),
    entries: list(
      object({
        startedDateTime: instant,
        time: number,
        request: object(
          { method: text, url: text, ...exchanged, queryString: list(pair) },
          {
            postData: object({ mimeType: text, params: list(pair), text }, { comment: text }),
          },
        ),
        response: object({
          status: { type: 'integer', minimum: 0, maximum: 599 },
          statusText: text,
          ...exchanged,
          content: object({ size: { type: 'integer' }, mimeType: text }, { text, comment: text }),
          redirectURL: text,
        }),
        cache: object({}),
        timings: object({ send: number, wait: number, receive: number }),
        comment: text,
      }),
    ),
  }),
})
