import type { Driver, NewTag, SeenTag } from './driver.ts'
import type { Environment } from './environment.ts'
import { demandSame } from './mismatch.ts'
import type { Caller, StoryAnswer, StoryExchange, StoryRequest } from './wire.ts'

/** By whom a request is sent, as reports call them. */
export type Role = 'writer' | 'limited' | 'observer'

/** What the steps of one story share: a way to ask, and the names that they are answerable for. */
export class Scene {
  readonly driver: Driver
  readonly environment: Environment
  /** What the names of all tags of the run begin with. */
  readonly prefix: string
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
  }

  /** Sends a request of this story's driver, or of an observer's. Rejects when no answer came. */
  async ask(
    request: StoryRequest,
    role: Role = 'writer',
    caller: Caller = this.environment.writer,
    driver: Driver = this.driver,
  ): Promise<StoryAnswer> {
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

  /** Asks for a tag to be made; whatever the answer, cleaning up counts with it. */
  create(tag: NewTag, role: Role = 'writer', caller?: Caller): Promise<StoryAnswer> {
    this.owned.add(tag.name)
    return this.ask(this.driver.create(tag), role, caller)
  }

  /** The tag as a look-up of its name shows it; where the vendor has none for such a name, as the list does. */
  async find(name: string): Promise<SeenTag | null> {
    const { driver } = this
    if (driver.cannotGet(name) !== null) return (await this.listed()).find((tag) => tag.name === name) ?? null
    const answer = await this.ask(driver.get(name))
    if (driver.refusals.missing.includes(answer.status)) return null
    demandSame('the status of a look-up', answer.status, driver.successes.get)
    return driver.readTag(answer)
  }

  /** All tags, in large pages. */
  async listed(): Promise<readonly SeenTag[]> {
    const { driver } = this
    const [paging] = driver.pagings
    const [order] = driver.orders
    const seen: SeenTag[] = []
    for (let asked: StoryRequest | null = paging.first(100, order); asked !== null; ) {
      const answer = await this.ask(asked)
      demandSame('the status of a list', answer.status, driver.successes.list)
      seen.push(...driver.readPage(answer))
      asked = paging.next(asked, answer)
    }
    return seen
  }
}
