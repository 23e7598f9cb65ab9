import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../forge/sandbox.ts'

/** Tells who asks that a sandbox is gone, or the whole server. */
export class Endings {
  readonly #listeners = new Map<Sandbox, Set<() => void>>()

  constructor(app: FastifyInstance) {
    app.worlds.watch({ restarted: () => {}, ended: (sandbox) => this.#tell(sandbox) })
    app.server.once('close', () => {
      for (const sandbox of this.#listeners.keys()) this.#tell(sandbox)
    })
  }

  /** Calls `listener` when the sandbox goes; returns the way to stop that. */
  on(sandbox: Sandbox, listener: () => void): () => void {
    const listeners = this.#listeners.get(sandbox) ?? new Set()
    this.#listeners.set(sandbox, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(sandbox)
    }
  }

  #tell(sandbox: Sandbox): void {
    for (const listener of this.#listeners.get(sandbox) ?? []) listener()
  }
}
