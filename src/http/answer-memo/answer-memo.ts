/**
 * Answers that are asked for again and again: who polls a list of tags sends the same request each time, and as long as
 * nothing has changed the answer is the same, but for what is new in every answer. Such a request is answered from here,
 * before any framework has seen it. It is in the journal and in the log like any other.
 *
 * Kept are answers of routes that say so (`config.isKept`), with status 200, to a GET that has come twice. A request is the
 * same only if its address and all its headers are.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Worlds } from '../../forge/worlds.ts'
import type { Faults } from '../faults/faults.ts'
import type { Journals } from '../journal/journals.ts'
import type { KeptAnswer } from './kept-answer.ts'

export interface AnswerMemoOptions {
  /** How many answers are kept at most; 0 keeps none. */
  readonly size: number
  readonly worlds: Worlds
  readonly journals: Journals
  readonly faults: Faults
  /** Takes the line about each request; null: none is written. */
  readonly log: { write(line: string): void } | null
}

const KEY = Symbol('key')

type Marked = IncomingMessage & { [KEY]?: string }

/** How many requests are remembered to see which come again, per kept answer. */
const MEMORY = 16
/** Characters: a longer request is not remembered. */
const LONGEST_KEY = 2_048
/** Characters or bytes: a longer body is not kept. */
const LONGEST_BODY = 512 * 1024

export class AnswerMemo {
  readonly #options: AnswerMemoOptions
  readonly #answers = new Map<string, KeptAnswer>()
  readonly #seen = new Set<string>()
  #isClosed = false
  #given = 0

  constructor(options: AnswerMemoOptions) {
    this.#options = options
    this.#isClosed = options.size === 0
  }

  /** How many requests have been answered from here. */
  get given(): number {
    return this.#given
  }

  /** Answers a request if it can; tells whether it did. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' || this.#isClosed) return false
    const key = keyOf(request)
    const known = this.#answers.get(key)
    if (known && this.#isRight(known)) {
      const startedAt = performance.now()
      const { sandbox } = known.stamp
      sandbox.use()
      this.#given++
      known.give(response, startedAt, this.#options.journals.of(sandbox))
      this.#options.log?.write(known.line(performance.now() - startedAt))
      return true
    }
    if (known) this.#answers.delete(key)
    if (this.#seen.has(key)) (request as Marked)[KEY] = key
    else this.#remember(key)
    return false
  }

  /** Under which key the answer to a request is to be kept; undefined for most. */
  static keyOf(request: IncomingMessage): string | undefined {
    return (request as Marked)[KEY]
  }

  keep(key: string, answer: KeptAnswer, length: number): void {
    if (this.#isClosed || length > LONGEST_BODY) return
    if (this.#answers.size >= this.#options.size) {
      const [oldest] = this.#answers.keys()
      this.#answers.delete(oldest!)
    }
    this.#answers.set(key, answer)
  }

  /** Forgets everything and keeps nothing more: who closes has something to say in each answer. */
  close(): void {
    this.#isClosed = true
    this.#answers.clear()
    this.#seen.clear()
  }

  #isRight({ stamp }: KeptAnswer): boolean {
    const { worlds, faults } = this.#options
    const { sandbox } = stamp
    const isThere = sandbox.id === null ? sandbox === worlds.main : sandbox === worlds.sandbox(sandbox.id)
    return isThere && faults.active(sandbox) === undefined && stamp.holds
  }

  #remember(key: string): void {
    if (key.length > LONGEST_KEY) return
    if (this.#seen.size >= this.#options.size * MEMORY) this.#seen.clear()
    this.#seen.add(key)
  }
}

/** No part of it can hold a line break, so that no two requests have the same. */
function keyOf({ url, httpVersion, rawHeaders }: IncomingMessage): string {
  return `${httpVersion} ${url}\n${rawHeaders.join('\n')}`
}
