import type { RefusalName } from './evidence/refusals.ts'

/** One entry of the `errors` array; what an exception adds about itself follows these three keys. */
export interface RestError {
  /** The field that a validation failure is about. */
  readonly context: string | null
  readonly message: string | null
  readonly exceptionName: string | null
  readonly [extra: string]: unknown
}

/** What a failed request gets from a resource. */
export interface Envelope {
  readonly kind: 'envelope'
  readonly status: number
  readonly errors: readonly RestError[]
  readonly headers?: Readonly<Record<string, string>>
}

/** What it gets from the layers around the resources: a status document, or nothing but a status. */
export interface Bare {
  readonly kind: 'status-document' | 'empty'
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export type Answer = Envelope | Bare

/** An answer raised by this vendor's own code. */
export class BitbucketError extends Error {
  /** Which rule the request breaks; where that is known from stands in `evidence/`. */
  readonly rule: RefusalName
  readonly answer: Answer

  constructor(rule: RefusalName, answer: Answer) {
    super(JSON.stringify(answer))
    this.name = 'BitbucketError'
    this.rule = rule
    this.answer = answer
  }
}

/** Throws an answer, as an expression. */
export function refuse(rule: RefusalName, answer: Answer): never {
  throw new BitbucketError(rule, answer)
}

/** The usual envelope: one exception of a class below `com.atlassian.bitbucket`, with what it adds about itself. */
export function exception(
  status: number,
  name: string,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): Envelope {
  return named(status, `com.atlassian.bitbucket.${name}`, message, extra)
}

/** As `exception`, for a class of another package, or for none. */
export function named(
  status: number,
  exceptionName: string | null,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): Envelope {
  return { kind: 'envelope', status, errors: [{ context: null, message, exceptionName, ...extra }] }
}

/** A 400 that says of each field what is wrong with it. */
export function invalidFields(problems: readonly (readonly [field: string, message: string])[]): Envelope {
  const errors = problems.map(([context, message]) => ({ context, message, exceptionName: null }))
  return { kind: 'envelope', status: 400, errors }
}

export const SERVER_ERROR = named(
  500,
  null,
  'An error occurred while processing the request. Check the server logs for more information.',
)
