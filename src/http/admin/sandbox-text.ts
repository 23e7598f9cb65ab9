import { randomBytes } from 'node:crypto'
import type { ProjectSpec } from '../../forge/spec.ts'

/** What a sandbox is told to be, as JSON. */
export interface PresentedSandbox {
  readonly id: string
  readonly createdAt: string
  readonly expiresAt: string | null
}

interface Text {
  readonly base: string
  readonly specs: readonly ProjectSpec[]
  /** Between each two of them stands the id. */
  readonly pieces: readonly string[]
}

/** Stands for the id; chance, so that nobody can have it in a name. */
const ID = randomBytes(16).toString('hex')

/**
 * Writes sandboxes as JSON. Those that tests make by the thousand differ in three values only; to put their addresses together
 * and to escape them takes as long as the rest of the request, so the text is kept with a gap for the id.
 */
export class SandboxText {
  readonly #present: (id: string, base: string, specs: readonly ProjectSpec[]) => object
  #last: Text | null = null

  /** `present` answers all but the dates, from the id, the address of the server and the projects. */
  constructor(present: (id: string, base: string, specs: readonly ProjectSpec[]) => object) {
    this.#present = present
  }

  /** What `JSON.stringify` makes of it, the dates last. */
  write({ id, createdAt, expiresAt }: PresentedSandbox, base: string, specs: readonly ProjectSpec[]): string {
    let text = this.#last
    if (text?.base !== base || text.specs !== specs) {
      const whole = JSON.stringify(this.#present(ID, base, specs))
      text = { base, specs, pieces: whole.slice(0, -1).split(ID) }
      this.#last = text
    }
    const dates = `,"createdAt":"${createdAt}","expiresAt":${expiresAt === null ? 'null' : `"${expiresAt}"`}}`
    return [text.pieces.join(id), dates].join('')
  }
}
