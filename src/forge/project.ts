import { fail } from '../failure.ts'
import type { RefUpdate, Repository } from '../git/repository.ts'
import type { Forge } from './forge.ts'
import type { RefChange, RefsChanged, Release, TagRule, User, Webhook } from './model.ts'
import { followRefs, type PullRequest, type PullRequests } from './pull-request.ts'
import { RefCreators } from './ref-creators.ts'
import type { ProjectSpec } from './spec.ts'

const NO_STATE: ReadonlyMap<string, unknown> = new Map()
const NO_REQUESTS: PullRequests = new Map()

/** A hosted project as it is now. Its git state lives in the repository; the rest is what the forge adds around it. */
export class Project {
  readonly forge: Forge
  readonly spec: ProjectSpec
  readonly #repository: Repository | null
  tagRules: readonly TagRule[]
  releases: ReadonlyMap<string, Release>
  webhooks: readonly Webhook[]
  /** By their numbers; those that others made from this project's refs are theirs. */
  pullRequests: PullRequests
  /**
   * What a vendor remembers of the project beside git, by vendor id. Values are replaced, never mutated, so that a copy
   * of the project may share them; and they are plain JSON, as Vendor.projectState describes it, so that they can be
   * written out and read in.
   */
  vendorState: ReadonlyMap<string, unknown> = NO_STATE
  /** By full ref names. */
  readonly #refCreators = new RefCreators()
  /** Epoch milliseconds. */
  lastActivityAt: number

  constructor(forge: Forge, spec: ProjectSpec, repository: Repository | null) {
    this.forge = forge
    this.spec = spec
    this.#repository = repository
    this.tagRules = spec.tagRules
    this.releases = spec.releases
    this.webhooks = spec.webhooks
    this.pullRequests = numbered(spec.pullRequests)
    this.lastActivityAt = spec.past?.lastActivityAt ?? spec.createdAt
    if (!spec.past) return
    this.vendorState = spec.past.vendorState
    this.refCreators = spec.past.refCreators
  }

  /** Who made a ref appear since the start, by its full name; null for refs that were there before. */
  creatorOf(ref: string): User | null {
    return this.#refCreators.get(ref) ?? null
  }

  /** All that creatorOf knows. */
  get refCreators(): ReadonlyMap<string, User> {
    return this.#refCreators.all
  }

  set refCreators(creators: ReadonlyMap<string, User>) {
    this.#refCreators.replace(creators)
  }

  get hasRepository(): boolean {
    return this.#repository !== null
  }

  /** Throws `repository-missing` when the project was made without one. */
  get repository(): Repository {
    return this.#repository ?? fail('repository-missing', { project: this.spec.path })
  }

  /** The short name of the branch that HEAD points at, born or not. */
  get defaultBranch(): string {
    return this.repository.head.replace(/^refs\/heads\//, '')
  }

  /**
   * Moves refs, all or none, and announces what moved. The only way in which refs of a project change after its start.
   * Throws what Repository.update throws.
   */
  moveRefs(
    updates: readonly RefUpdate[],
    by: Pick<RefsChanged, 'actor' | 'via' | 'vendor'>,
  ): readonly RefChange[] {
    const changes = this.repository.update(updates)
    if (changes.length === 0) return changes
    for (const { ref, after } of changes) {
      if (after === null && ref.startsWith('refs/tags/')) this.removeRelease(ref.slice('refs/tags/'.length))
    }
    this.#refCreators.note(changes, by.actor)
    this.lastActivityAt = this.forge.clock.now()
    this.#tellPullRequests(changes)
    this.forge.announce({ projectId: this.spec.id, changes, ...by })
    return changes
  }

  /** The same project in another forge. All fields but the repository hold values that are replaced, never mutated. */
  fork(forge: Forge): Project {
    const { forge: _own, ...state } = this
    const twin = Object.assign(new Project(forge, this.spec, this.#repository?.fork() ?? null), state)
    twin.refCreators = this.#refCreators.all
    return twin
  }

  /** Those of other projects too, as far as these are open: the others will look at the refs when they are opened. */
  #tellPullRequests(changes: readonly RefChange[]): void {
    for (const project of this.forge.openProjects) {
      if (project.pullRequests.size === 0) continue
      project.pullRequests = followRefs(project.pullRequests, this.spec.id, changes, this.lastActivityAt)
    }
  }

  putRelease(release: Release): void {
    this.releases = new Map(this.releases).set(release.tag, release)
  }

  /** A release does not outlive its tag. */
  removeRelease(tag: string): void {
    if (!this.releases.has(tag)) return
    const releases = new Map(this.releases)
    releases.delete(tag)
    this.releases = releases
  }
}

function numbered(requests: readonly PullRequest[]): PullRequests {
  if (requests.length === 0) return NO_REQUESTS
  return new Map(requests.map((request) => [request.number, request]))
}
