/**
 * Follows one request to its end. The answer is watched where it leaves for the socket, so that what is written down is what
 * the client got, whoever made it: a handler, a stream, a fault.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Errand } from '../operations.ts'
import { withoutSandbox } from '../sandbox-address.ts'
import { BodyKeeper } from './body-keeper.ts'
import { type DeclaredFields, type KeptBody, NO_BODY } from './exchange.ts'
import type { Journal } from './journal.ts'
import type { ParameterHabits } from './unread-fields.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route without schemas reads; for the journal. */
    reads?: DeclaredFields
  }
}

const RECORDING = Symbol('recording')

type Watched = ServerResponse & { [RECORDING]?: Recording }

/** What is asked about a request when it is over. */
export interface RecordingContext {
  /** `operation` is the name that the route has, if one fits. */
  errandOf(request: FastifyRequest, operation: string | undefined): Errand
  habitsOf(vendor: Errand['vendor']): ParameterHabits
}

export class Recording {
  readonly #journal: Journal
  readonly #age: number
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply
  readonly #context: RecordingContext
  readonly #startedAt = Date.now()
  readonly #sandboxTime: number
  readonly #answer: BodyKeeper
  #body: KeptBody | null = null
  #isRaw = false
  #isOver = false
  #isEnding = false
  fault: string | null = null

  constructor(journal: Journal, request: FastifyRequest, reply: FastifyReply, context: RecordingContext) {
    this.#journal = journal
    this.#age = journal.age
    this.#request = request
    this.#reply = reply
    this.#context = context
    this.#sandboxTime = request.sandbox.clock.now()
    this.#answer = new BodyKeeper(journal.limits.bodyLimit)
    const raw: Watched = reply.raw
    raw[RECORDING] = this
    raw.write = watchedWrite as typeof raw.write
    raw.end = watchedEnd as typeof raw.end
    raw.once('close', watchedClose)
  }

  /** The recording of an answer; undefined where there is none. */
  static of(raw: ServerResponse): Recording | undefined {
    return (raw as Watched)[RECORDING]
  }

  /** `size` is that of the whole body, where `bytes` are only its beginning. */
  keepBody(bytes: Uint8Array, size = bytes.length): void {
    const keeper = new BodyKeeper(this.#journal.limits.bodyLimit)
    keeper.add(bytes)
    const { chunks, isCut } = keeper.kept
    this.#body = { chunks, size, isCut: isCut || size > bytes.length }
  }

  /** The answer is not the one that the reply knows of. */
  answersRaw(): void {
    this.#isRaw = true
  }

  wrote(chunk: unknown): void {
    if (!this.#isEnding) this.#answer.add(chunk)
  }

  /** Before the last bytes go out, so that whoever has the answer finds it in the journal. */
  ends(chunk: unknown): void {
    this.wrote(chunk)
    this.#isEnding = true
    this.#finish(false)
  }

  closed(): void {
    this.#finish(true)
  }

  #finish(isCutOff: boolean): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#journal.age !== this.#age) return
    const { method, raw, originalUrl, sandbox, caller, refusal, is404, startedAt } = this.#request
    // Put together anew each time that it is asked for.
    const route = is404 ? null : this.#request.routeOptions
    const { vendor, operation } = this.#context.errandOf(this.#request, route?.config.operation)
    const answer = this.#reply.raw
    // The status of an answer that has not begun is only a wish.
    const status = isCutOff && !answer.headersSent ? null : answer.statusCode
    this.#journal.add({
      number: this.#journal.last + 1,
      startedAt: this.#startedAt,
      sandboxTime: this.#sandboxTime,
      duration: performance.now() - startedAt,
      vendor,
      operation,
      sandbox: sandbox.id,
      user: caller,
      method,
      url: withoutSandbox(originalUrl),
      httpVersion: raw.httpVersion,
      headers: raw.rawHeaders,
      body: this.#body ?? (expectsBody(raw.headers) ? UNREAD_BODY : NO_BODY),
      status,
      answerHeaders: this.#isRaw ? answer.getHeaders() : this.#reply.getHeaders(),
      answerBody: this.#answer.kept,
      isCutOff,
      declared: route && (route.config.reads ?? (route.schema as DeclaredFields | undefined) ?? {}),
      habits: this.#context.habitsOf(vendor),
      refusal:
        status !== null && status >= 400 && status < 500
          ? (refusal ?? this.#unexplained({ vendor, operation }))
          : null,
      fault: this.fault,
    })
  }

  #unexplained({ vendor, operation }: Errand): string {
    if (this.fault !== null) return `The fault rule ${this.fault} asks for this answer.`
    if (operation !== null) return `${operation} refused it before it was looked at any closer.`
    if (vendor === null) return 'No vendor is at this address.'
    return `${vendor} has no operation at this address for this method.`
  }
}

const UNREAD_BODY: KeptBody = { chunks: [], size: null, isCut: false }

function expectsBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

type Write = (this: ServerResponse, ...given: unknown[]) => unknown

function watchedWrite(this: Watched, ...given: unknown[]): unknown {
  this[RECORDING]?.wrote(given[0])
  return (Object.getPrototypeOf(this).write as Write).apply(this, given)
}

function watchedEnd(this: Watched, ...given: unknown[]): unknown {
  this[RECORDING]?.ends(given[0])
  return (Object.getPrototypeOf(this).end as Write).apply(this, given)
}

function watchedClose(this: Watched): void {
  this[RECORDING]?.closed()
}
