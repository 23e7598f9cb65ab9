import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Exchange } from '../journal/exchange.ts'
import type { Journal } from '../journal/journal.ts'
import { RepeatedExchange } from '../journal/repeated-exchange.ts'
import { type RequestLine, repeatedLine } from '../request-log.ts'
import type { Stamp } from './stamp.ts'

/** Headers that are new in every answer, though nothing has changed. */
export type Renew = (visit: Visit) => Readonly<Record<string, string>>

/** A request that gets a kept answer. */
export interface Visit {
  readonly forge: Stamp['project']['forge']
  /** On the clock of `performance.now()`. */
  readonly startedAt: number
  readonly response: ServerResponse
}

export interface AnswerParts {
  readonly stamp: Stamp
  readonly headers: OutgoingHttpHeaders
  readonly body: string | Buffer
  /** How the journal has it; null: it keeps none. */
  readonly exchange: Exchange | null
  readonly renew: Renew | undefined
  readonly line: RequestLine
}

/** A complete 200, to be given again as long as its stamp holds. */
export class KeptAnswer {
  readonly stamp: Stamp
  /** What the log says of it, with how long it took, in milliseconds. */
  readonly line: (duration: number) => string
  readonly #head: readonly string[]
  /** Where in the head the value of a header is, by lower-case name. */
  readonly #places = new Map<string, number>()
  readonly #body: Buffer
  readonly #exchange: Exchange | null
  readonly #renew: Renew | undefined

  constructor({ stamp, headers, body, exchange, renew, line }: AnswerParts) {
    this.stamp = stamp
    this.line = repeatedLine(line)
    this.#body = typeof body === 'string' ? Buffer.from(body) : body
    this.#exchange = exchange
    this.#renew = renew
    const head: string[] = []
    for (const [name, value] of Object.entries(headers)) {
      for (const each of [value ?? []].flat()) {
        this.#places.set(name, head.push(name, String(each)) - 1)
      }
    }
    this.#head = head
  }

  /** Sends it, and has the journal write it down. Everything that can fail comes first. */
  give(response: ServerResponse, startedAt: number, journal: Journal | null): void {
    const { stamp } = this
    const fresh = this.#renew?.({ forge: stamp.project.forge, startedAt, response })
    response.writeHead(200, fresh ? this.#renewed(fresh) : (this.#head as string[]))
    if (journal && this.#exchange) {
      journal.add(
        new RepeatedExchange(this.#exchange, {
          number: journal.last + 1,
          sandboxTime: stamp.sandbox.clock.now(),
          duration: performance.now() - startedAt,
          fresh: fresh ?? null,
        }),
      )
    }
    response.end(this.#body)
  }

  #renewed(fresh: Readonly<Record<string, string>>): string[] {
    const head = this.#head.slice()
    for (const name in fresh) {
      const place = this.#places.get(name)
      if (place !== undefined) head[place] = fresh[name] ?? ''
    }
    return head
  }
}
