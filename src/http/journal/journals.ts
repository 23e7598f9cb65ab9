import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sandbox } from '../../forge/sandbox.ts'
import type { Worlds } from '../../forge/worlds.ts'
import { isControl } from '../request.ts'
import { Journal, type JournalLimits } from './journal.ts'
import { Recording, type RecordingContext } from './recording.ts'

export interface JournalOptions extends JournalLimits {
  /** Whether a reset leaves the requests of before in the journal. */
  readonly keep: boolean
}

/** The journals of all sandboxes; each goes when its sandbox goes. */
export class Journals {
  readonly options: JournalOptions
  readonly #journals = new WeakMap<Sandbox, Journal>()

  constructor(worlds: Worlds, options: JournalOptions) {
    this.options = options
    worlds.watch({
      restarted: (sandbox) => this.#journals.get(sandbox)?.begin(sandbox.forge, options.keep),
      ended: (sandbox) => this.#journals.delete(sandbox),
    })
  }

  /** Null when no journal is kept at all. */
  of(sandbox: Sandbox): Journal | null {
    if (this.options.size === 0) return null
    const known = this.#journals.get(sandbox)
    if (known) return known
    const journal = new Journal(sandbox.forge, this.options)
    this.#journals.set(sandbox, journal)
    return journal
  }

  /** Writes a request down once it is over, unless it goes to the control plane. */
  follow(request: FastifyRequest, reply: FastifyReply, context: RecordingContext): void {
    const journal = isControl(request) ? null : this.of(request.sandbox)
    if (journal) new Recording(journal, request, reply, context)
  }
}

/** Writes down every request but those to the control plane. */
export function keepJournals(app: FastifyInstance, journals: Journals, context: RecordingContext): void {
  if (journals.options.size === 0) return
  app.addHook('onRequest', (request, reply, done) => {
    journals.follow(request, reply, context)
    done()
  })
  app.addHook('preValidation', (request, reply, done) => {
    if (request.body instanceof Uint8Array) Recording.of(reply.raw)?.keepBody(request.body)
    done()
  })
}
