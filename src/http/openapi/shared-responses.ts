import { STATUS_CODES } from 'node:http'
import type { JsonSchema } from '../../vendors/description.ts'

/** Answers that are the same for several operations, which is what most refusals are, written once and referred to. */
export class SharedResponses {
  readonly #names = new Map<string, string>()
  readonly #components: Record<string, JsonSchema> = {}

  /** A response, or a reference to the one that is the same. */
  refer(status: string, response: JsonSchema): JsonSchema {
    const text = JSON.stringify(response)
    const known = this.#names.get(text) ?? this.#freeName(status)
    this.#names.set(text, known)
    this.#components[known] = response
    return { $ref: `#/components/responses/${known}` }
  }

  get components(): Readonly<Record<string, JsonSchema>> {
    return this.#components
  }

  /** `NotFound`, `NotFound2` … */
  #freeName(status: string): string {
    const name =
      status === 'default' ? 'Refused' : (STATUS_CODES[status] ?? `Status${status}`).replace(/\W/g, '')
    const count = Object.keys(this.#components).filter((each) => each.replace(/\d+$/, '') === name).length
    return count === 0 ? name : `${name}${count + 1}`
  }
}
