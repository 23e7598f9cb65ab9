import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect } from 'vitest'
import type { Call } from '../caller.ts'

interface Described {
  readonly [method: string]: {
    readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>
  }
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Described>>
}

/** Holds answers against the schemas that an OpenAPI document has for them, and keeps count of which were seen. */
export class DescribedAnswers {
  readonly #document: OpenApiDocument
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #seen = new Set<string>()

  constructor(document: OpenApiDocument) {
    this.#document = document
    ;(formats as unknown as typeof formats.default)(this.#ajv)
    this.#ajv.addSchema(document, 'document')
  }

  /** A caller that checks every answer it gets from the control plane. */
  checking(call: Call): Call {
    return async (method, url, options) => {
      const reply = await call(method, url, options)
      const path = this.#pathOf(url)
      const status = String(reply.status)
      const described = this.#document.paths[path]?.[method.toLowerCase()]?.responses[status]
      expect([method, path, status, described]).toEqual([method, path, status, expect.any(Object)])
      this.#seen.add(`${method} ${path} ${status}`)
      const [type] = Object.keys(described?.content ?? {})
      expect([url, String(reply.headers['content-type'] ?? '').split(';')[0]]).toEqual([url, type ?? ''])
      if (type === undefined) expect(reply.text).toBe('')
      else this.#check([method, path, status, type], reply.body)
      return reply
    }
  }

  /** Answers that the document has and nobody has got, without those whose status is among `common`. */
  unseen(common: readonly string[]): string[] {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses)
          .map((status) => `${method.toUpperCase()} ${path} ${status}`)
          .filter((answer) => !this.#seen.has(answer) && !common.includes(answer.slice(-3))),
      ),
    )
  }

  #pathOf(url: string): string {
    const path = url.split('?', 1)[0]?.replace(/^\/__sandbox\/[^/]+/, '') ?? ''
    const fitting = Object.keys(this.#document.paths).filter((template) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    )
    return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? path
  }

  #check([method = '', path = '', status, type = '']: readonly string[], body: unknown): void {
    const steps = ['paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
    const pointer = steps
      .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
    const validate = this.#ajv.compile({ $ref: `document#${encodeURI(pointer)}` })
    expect([method, path, status, validate(body) ? [] : validate.errors]).toEqual([method, path, status, []])
  }
}
