import type { ClockState } from '../../forge/clock.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Project } from '../../forge/project.ts'
import type { Sandbox } from '../../forge/sandbox.ts'

/**
 * All that an answer about one project depends on beside its request. Values of a forge are replaced, never mutated, so that
 * it is enough to see whether they are still the same ones. What depends on the time of day (a token that expires) is right
 * to the second.
 */
export class Stamp {
  readonly sandbox: Sandbox
  readonly project: Project
  readonly #forge: Forge
  readonly #specs: Forge['specs']
  readonly #generation: number
  readonly #tagRules: Project['tagRules']
  readonly #releases: Project['releases']
  readonly #webhooks: Project['webhooks']
  readonly #pullRequests: Project['pullRequests']
  readonly #vendorState: Project['vendorState']
  readonly #lastActivityAt: number
  readonly #clock: ClockState
  readonly #second: number

  constructor(sandbox: Sandbox, forge: Forge, project: Project) {
    this.sandbox = sandbox
    this.project = project
    this.#forge = forge
    this.#specs = forge.specs
    this.#generation = project.repository.generation
    this.#tagRules = project.tagRules
    this.#releases = project.releases
    this.#webhooks = project.webhooks
    this.#pullRequests = project.pullRequests
    this.#vendorState = project.vendorState
    this.#lastActivityAt = project.lastActivityAt
    this.#clock = sandbox.clock.state
    this.#second = currentSecond()
  }

  /** Whether an answer that was right when the stamp was made is right now. The sandbox must still be there. */
  get holds(): boolean {
    const { sandbox, project } = this
    // A sandbox that nobody has asked since its restart has no forge yet.
    if (!sandbox.isTouched || sandbox.forge !== this.#forge) return false
    const { frozenAt, ahead } = sandbox.clock.state
    return (
      currentSecond() === this.#second &&
      project.repository.generation === this.#generation &&
      project.tagRules === this.#tagRules &&
      project.releases === this.#releases &&
      project.webhooks === this.#webhooks &&
      project.pullRequests === this.#pullRequests &&
      project.vendorState === this.#vendorState &&
      project.lastActivityAt === this.#lastActivityAt &&
      this.#forge.specs === this.#specs &&
      frozenAt === this.#clock.frozenAt &&
      ahead === this.#clock.ahead
    )
  }
}

function currentSecond(): number {
  return Math.floor(Date.now() / 1000)
}
