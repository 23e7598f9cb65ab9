import type { Driver, NewTag, SeenTag } from './driver.ts'
import type { Environment } from './environment.ts'
import { demandSame } from './mismatch.ts'
import type { Caller, StoryAnswer, StoryExchange, StoryRequest } from './wire.ts'

/** Whose eyes something is seen with: which vendor's API, and as whom. */
export interface View {
  readonly driver: Driver
  readonly caller: Caller
  /** How exchanges name the caller. */
  readonly role: 'writer' | 'limited' | 'observer'
}

/** What the steps of one story share: a way to ask, and the names that they are answerable for. */
export class Scene {
  readonly driver: Driver
  readonly environment: Environment
  /** What the names of all tags of the run begin with. */
  readonly prefix: string
  readonly writer: View
  /** Names that may have come to be through this story. */
  readonly owned = new Set<string>()
  readonly exchanges: StoryExchange[] = []
  /** The step that requests belong to now. */
  step = ''
  readonly #story: string

  constructor(story: string, driver: Driver, environment: Environment, prefix: string) {
    this.#story = story
    this.driver = driver
    this.environment = environment
    this.prefix = prefix
    this.writer = { driver, caller: environment.writer, role: 'writer' }
  }

  /** The views of the other vendors' APIs. */
  get observers(): readonly View[] {
    return (this.environment.observers ?? []).map((observer) => ({ ...observer, role: 'observer' }))
  }

  /** Rejects when no answer came. */
  async ask(request: StoryRequest, { driver, caller, role }: View = this.writer): Promise<StoryAnswer> {
    const { step } = this
    const signed = (as: Caller) => ({
      ...request,
      headers: { ...request.headers, ...driver.signIn(as) },
    })
    const answer = await this.environment.send(signed(caller))
    const exchange = {
      name: `${request.method} ${request.path}`,
      story: this.#story,
      step,
      request: signed({ token: `{token:${role}}` }),
      answer,
    }
    this.exchanges.push(exchange)
    this.environment.record?.(exchange)
    return answer
  }

  /** Asks for a tag to be made. Whatever the answer, it is looked for when the story cleans up. */
  create(tag: NewTag, view: View = this.writer): Promise<StoryAnswer> {
    this.owned.add(tag.name)
    return this.ask(view.driver.create(tag), view)
  }

  /** The tag as a look-up of its name shows it; as the list does where a vendor looks up no such name. */
  async find(name: string, view: View = this.writer): Promise<SeenTag | null> {
    const { driver } = view
    if (driver.cannotGet(name) !== null)
      return (await this.list(view)).find((tag) => tag.name === name) ?? null
    const answer = await this.ask(driver.get(name), view)
    if (driver.refusals.missing.includes(answer.status)) return null
    demandSame('a look-up succeeds', answer.status, driver.successes.get)
    return driver.readTag(answer)
  }

  /** All tags, in large pages. */
  async list(view: View = this.writer): Promise<readonly SeenTag[]> {
    const { driver } = view
    const [paging] = driver.pagings
    const [order] = driver.orders
    const seen: SeenTag[] = []
    for (let asked: StoryRequest | null = paging.first(100, order); asked !== null; ) {
      const answer = await this.ask(asked, view)
      demandSame('a list succeeds', answer.status, driver.successes.list)
      seen.push(...driver.readPage(answer))
      asked = paging.next(asked, answer)
    }
    return seen
  }

  /** How often a name is in the list. */
  async count(name: string, view: View = this.writer): Promise<number> {
    return (await this.list(view)).filter((tag) => tag.name === name).length
  }
}
