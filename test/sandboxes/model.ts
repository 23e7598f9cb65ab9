import { expect } from 'vitest'
import { type Face, faces, type Outcome, type SeenTag } from './faces/index.ts'
import type { GitClient } from './git-client.ts'
import type { Wire } from './wire.ts'
import type { PushedTag, Work, WorkOf } from './work.ts'

/** A tag as the model has it: the commit that it leads to, and its message when it is annotated. */
export interface ModelTag {
  readonly commit: string
  readonly message: string | null
  /** The id of the tag object, when it is the test's own. */
  readonly pushed?: string
}

/** What one world must hold, by nothing but what was asked of it. */
export class Model {
  readonly tags: Map<string, ModelTag>
  /** What came of the writes so far: `gitlab create done`. */
  readonly outcomes = new Set<string>()
  readonly #wire: Wire
  readonly #git: GitClient
  #isProtected = false

  constructor(tags: ReadonlyMap<string, ModelTag>, wire: Wire, git: GitClient) {
    this.tags = new Map(tags)
    this.#wire = wire
    this.#git = git
  }

  /** Does a piece of work and follows it. Throws when the world answers otherwise than the model. */
  async perform(work: Work): Promise<void> {
    switch (work.kind) {
      case 'create':
        return this.#create(work, faceAt(work.face))
      case 'remove':
        return this.#remove(work, faceAt(work.face))
      case 'find':
        return this.#find(work.name, faceAt(work.face))
      case 'list':
        return this.compare(await faceAt(work.face).list(this.#wire, work.size))
      case 'protect':
        return this.#protect(work.isProtected)
      case 'push':
        return this.#push(work)
    }
  }

  /** Compares a whole list with the model. */
  compare(seen: readonly SeenTag[]): void {
    const sorted = [...seen].sort(byName)
    const expected = [...this.tags].map(([name, tag]) => expectedOf(name, tag, sorted)).sort(byName)
    expect(sorted).toEqual(expected)
  }

  async #create({ user, name, commit, message }: WorkOf<'create'>, face: Face): Promise<void> {
    const tag = { name, commit: this.#git.clone.commits[commit] ?? '', message }
    const taken = this.tags.has(name) ? 'exists' : null
    const expected = this.#outcome(face, taken, this.#isForbidden(name, user))
    expect(await face.create(this.#wire, user, tag)).toBe(expected)
    this.outcomes.add(`${face.vendor} create ${expected}`)
    if (expected === 'done')
      this.tags.set(name, { commit: tag.commit, message: message ?? face.plainMessage })
  }

  async #remove({ user, name }: WorkOf<'remove'>, face: Face): Promise<void> {
    if (!face.remove) return
    const missing = this.tags.has(name) ? null : 'missing'
    const isBarred = user === 'dee' && !face.developersRemove
    const expected = isBarred ? 'forbidden' : this.#outcome(face, missing, this.#isForbidden(name, user))
    expect(await face.remove(this.#wire, user, name)).toBe(expected)
    this.outcomes.add(`${face.vendor} remove ${expected}`)
    if (expected === 'done') this.tags.delete(name)
  }

  async #find(name: string, face: Face): Promise<void> {
    if (!face.canFind(name)) return
    const tag = this.tags.get(name)
    const seen = await face.find(this.#wire, name)
    expect(seen).toEqual(tag && seen ? expectedOf(name, tag, [seen]) : (tag ?? null))
  }

  /** Protected by one vendor, freed by another. */
  async #protect(isProtected: boolean): Promise<void> {
    if (isProtected === this.#isProtected) return
    const { status } = isProtected
      ? await this.#wire.ask('POST', '/api/v4/projects/1/protected_tags?name=rel-*&create_access_level=40', {
          'private-token': 'mia-token',
        })
      : await this.#wire.ask('DELETE', '/v4/repositories/1/protected-tag?tag_name=rel-*', {
          'x-auth-token': 'mia-token',
        })
    expect(status).toBe(isProtected ? 201 : 204)
    this.#isProtected = isProtected
  }

  async #push({ user, updates }: WorkOf<'push'>): Promise<void> {
    // Git sends nothing for what is there already, or not there to be deleted.
    const changes = updates.filter(({ name, source }) => {
      const held = this.tags.get(name)
      return source ? this.#oidOf(source) !== (held && (held.pushed ?? held.commit)) : held
    })
    if (changes.length === 0) return
    const isDeclined = changes.some(
      ({ name, source }) =>
        this.#isForbidden(name, user) || (this.#isCovered(name) && (source === null || this.tags.has(name))),
    )
    const specs = changes.map(({ name, source }) => `+${source ? this.#oidOf(source) : ''}:refs/tags/${name}`)
    expect(await this.#git.push(user, specs)).toBe(!isDeclined)
    this.outcomes.add(isDeclined ? 'git push forbidden' : 'git push done')
    if (!isDeclined) for (const change of changes) this.#follow(change)
  }

  #follow({ name, source }: PushedTag): void {
    if (!source) {
      this.tags.delete(name)
      return
    }
    const commit = this.#git.clone.commits[source.commit] ?? ''
    this.tags.set(
      name,
      source.annotated
        ? { commit, message: 'Pushed', pushed: this.#oidOf(source) }
        : { commit, message: null },
    )
  }

  #oidOf({ commit, annotated }: NonNullable<PushedTag['source']>): string {
    const { commits, annotated: objects } = this.#git.clone
    return (annotated ? objects : commits)[commit] ?? ''
  }

  #isCovered(name: string): boolean {
    return this.#isProtected && name.startsWith('rel-')
  }

  #isForbidden(name: string, user: string): boolean {
    return user === 'dee' && this.#isCovered(name)
  }

  #outcome({ rulesFirst }: Face, obstacle: Outcome | null, isForbidden: boolean): Outcome {
    if (rulesFirst === null || !isForbidden) return obstacle ?? 'done'
    return rulesFirst ? 'forbidden' : (obstacle ?? 'forbidden')
  }
}

function faceAt(position: number): Face {
  const face = faces[position]
  if (!face) throw new Error(`there is no vendor ${position}`)
  return face
}

/** What has to be seen of a tag, of the fields that a vendor shows at all. */
function expectedOf(name: string, { commit, message, pushed }: ModelTag, seen: readonly SeenTag[]): SeenTag {
  const shown = seen.find((tag) => tag.name === name) ?? { name, commit }
  const oid = message === null ? commit : (pushed ?? shown.oid)
  return {
    name,
    commit,
    ...(shown.annotated !== undefined && { annotated: message !== null }),
    ...(shown.text !== undefined && { text: message ?? '' }),
    // The id of a tag object that the server made: the vendors and git have to agree about it.
    ...(shown.oid !== undefined && oid !== undefined && { oid }),
  }
}

function byName(a: SeenTag, b: SeenTag): number {
  return a.name < b.name ? -1 : 1
}
