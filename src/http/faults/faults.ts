import type { Sandbox } from '../../forge/sandbox.ts'
import type { Worlds } from '../../forge/worlds.ts'
import { FaultBoard } from './fault-board.ts'
import type { Scenario } from './scenario.ts'
import { type Dialects, scenariosOf } from './scenarios.ts'

/** The fault rules of all sandboxes; a reset takes those of its sandbox away. */
export class Faults {
  readonly dialects: Dialects
  readonly scenarios: ReadonlyMap<string, Scenario>
  readonly #boards = new WeakMap<Sandbox, FaultBoard>()

  constructor(worlds: Worlds, dialects: Dialects) {
    this.dialects = dialects
    this.scenarios = scenariosOf(dialects)
    worlds.watch({
      restarted: (sandbox) => this.#boards.delete(sandbox),
      ended: (sandbox) => this.#boards.delete(sandbox),
    })
  }

  of(sandbox: Sandbox): FaultBoard {
    const known = this.#boards.get(sandbox)
    if (known) return known
    const board = new FaultBoard()
    this.#boards.set(sandbox, board)
    return board
  }

  /** The board of a sandbox that has rules; undefined for most. */
  active(sandbox: Sandbox): FaultBoard | undefined {
    const board = this.#boards.get(sandbox)
    return board?.isEmpty ? undefined : board
  }
}
