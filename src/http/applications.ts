/**
 * The parts of the server, each a Fastify application of its own that is built when the first request for it comes.
 * Registering the routes of one vendor costs more than starting a bare server, and most servers only ever speak for one.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Builds a part; it need not be ready yet. */
export type Build = () => FastifyInstance

interface Part {
  readonly build: Build
  /** Whether all its routes are another part's, too. */
  readonly isExtract: boolean
  opening: Promise<FastifyInstance> | null
  /** Null until it is ready. */
  answer: RequestListener | null
}

export class Applications {
  readonly #parts: ReadonlyMap<string, Part>
  #isClosed = false

  /** `extracts`: parts with some of the routes of others. */
  constructor(builds: Readonly<Record<string, Build>>, extracts: Readonly<Record<string, Build>> = {}) {
    const closed = (isExtract: boolean) => (entry: [string, Build]) => {
      const [name, build] = entry
      const part: Part = { build, isExtract, opening: null, answer: null }
      return [name, part] as const
    }
    this.#parts = new Map([
      ...Object.entries(builds).map(closed(false)),
      ...Object.entries(extracts).map(closed(true)),
    ])
  }

  /** Whether a part is ready to answer. */
  isOpen(name: string): boolean {
    return this.#partOf(name).answer !== null
  }

  /** The part of a name, ready to answer. */
  open(name: string): Promise<FastifyInstance> {
    const part = this.#partOf(name)
    part.opening ??= openPart(part)
    return part.opening
  }

  /** All of them; for whoever must know every route. */
  async openAll(): Promise<FastifyInstance[]> {
    const whole = [...this.#parts].filter(([, { isExtract }]) => !isExtract)
    return Promise.all(whole.map(([name]) => this.open(name)))
  }

  /** Has a part answer a request, at once where it is ready. */
  answer(name: string, request: IncomingMessage, response: ServerResponse): void {
    const part = this.#partOf(name)
    if (part.answer) part.answer(request, response)
    else this.#answerLate(name, request, response)
  }

  /** Closes what has been opened. */
  async close(): Promise<void> {
    this.#isClosed = true
    const opened = [...this.#parts.values()].flatMap(({ opening }) => opening ?? [])
    for (const result of await Promise.allSettled(opened)) {
      if (result.status === 'fulfilled') await result.value.close()
    }
  }

  #partOf(name: string): Part {
    const part = this.#parts.get(name)
    if (!part) throw new Error(`There is no part ${name}.`)
    return part
  }

  #answerLate(name: string, request: IncomingMessage, response: ServerResponse): void {
    if (this.#isClosed) {
      response.writeHead(503, { connection: 'close' }).end()
      return
    }
    this.open(name).then(
      (app) => app.routing(request, response),
      (error: unknown) => {
        // Only a mistake of ours gets here, and it must be seen.
        process.emitWarning(error as Error)
        response.writeHead(500).end()
      },
    )
  }
}

async function openPart(part: Part): Promise<FastifyInstance> {
  const app = part.build()
  await app.ready()
  part.answer = (request, response) => app.routing(request, response)
  return app
}
