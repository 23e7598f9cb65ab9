import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { plainUrl } from '../../src/http/openapi/described-routes.ts'
import type { Document } from '../../src/http/openapi/document.ts'
import type { JsonSchema } from '../../src/vendors/description.ts'
import type { SeenAnswer } from './seen-answer.ts'

interface Described {
  readonly $ref?: string
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: JsonSchema }>>
  readonly content?: Readonly<Record<string, object>>
}

/** That a document is right is proven elsewhere, once. No answer has a format. */
const SETTINGS = {
  strict: false,
  validateSchema: false,
  validateFormats: false,
  allErrors: true,
  // Half the time to compile, of which there is more than of checking.
  inlineRefs: false,
  code: { optimize: false },
}

type Responses = Readonly<Record<string, Described>>

/** Holds what a vendor answers, and what it takes, against its OpenAPI document. Each schema is compiled when it is needed. */
export class DescribedApi {
  readonly #document: Document
  readonly #ajv = new Ajv2020(SETTINGS)
  readonly #sent = new Ajv2020({ ...SETTINGS, coerceTypes: true })
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(document: Document) {
    this.#document = document
    this.#ajv.addSchema(closed(document) as object, 'answer')
    this.#sent.addSchema(document, 'sent')
  }

  /** What is wrong with an answer; empty: nothing. */
  misfitsOf(answer: SeenAnswer): unknown[] {
    const { method, status } = answer
    const path = this.#pathOf(answer)
    const own = method === 'HEAD' && !this.#responses(path, 'head') ? 'get' : method.toLowerCase()
    const responses = this.#responses(path, own)
    // Of what a profile does not know a route may be there all the same, for projects that have another one.
    if (!responses) return status < 400 ? [`The document has no ${method} ${path}.`] : []
    const key = responses[status] || status < 400 ? String(status) : 'default'
    const reference = responses[key]?.$ref
    const described = reference === undefined ? responses[key] : this.#shared(reference)
    if (!described) return [`The document has no ${status} of ${method} ${path}.`]
    const at = reference?.split('/').slice(1) ?? ['paths', path, own, 'responses', key]
    return [...headerMisfits(described, answer), ...this.#bodyMisfits(described, at, answer)]
  }

  /** What is wrong with a JSON body that has been taken. What has no use for a body does not look at it. */
  bodyMisfits(answer: SeenAnswer, text: string): unknown[] {
    const path = this.#pathOf(answer)
    const method = answer.method.toLowerCase()
    const described = this.#document.paths[path]?.[method]?.requestBody as JsonSchema | undefined
    if (!described || text === '') return []
    const body = JSON.parse(text.replace(/^\ufeff/, ''), asVendorsRead)
    const at = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']
    return this.#check('sent', at, described.required ? body : { ...answer.query, ...body })
  }

  /** Of a route: spelled as the document does, whatever its parameters are called there. */
  #pathOf({ url }: SeenAnswer): string {
    const [first, ...others] = this.#document.servers.map((server) => server.url)
    const bases = ['', ...others.map((other) => other.slice(first?.length))]
    const shape = shapeOf(plainUrl(url, '', bases).replace(/:\w+|\*/g, '{}'))
    return Object.keys(this.#document.paths).find((path) => shapeOf(path) === shape) ?? url
  }

  #shared(reference: string): Described | undefined {
    const { responses } = this.#document.components as { readonly responses: Responses }
    return responses[reference.split('/').at(-1) ?? '']
  }

  #responses(path: string, method: string): Responses | undefined {
    return this.#document.paths[path]?.[method]?.responses as Responses | undefined
  }

  #bodyMisfits({ content = {} }: Described, at: readonly string[], answer: SeenAnswer): unknown[] {
    const { status, type, text, method } = answer
    if (method === 'HEAD') return []
    // What is refused by whoever stands before the application often has no body, which OpenAPI cannot say.
    if (text === '' && type === '')
      return Object.keys(content).length > 0 && status < 400 ? ['There is no body.'] : []
    if (text === null) return []
    if (!(type in content)) return [`The document has no ${type} of it.`]
    if (!type.endsWith('json')) return []
    return this.#check('answer', [...at, 'content', type, 'schema'], JSON.parse(text))
  }

  #check(document: 'answer' | 'sent', at: readonly string[], value: unknown): unknown[] {
    const pointer = at.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    const key = `${document}#${encodeURI(pointer)}`
    const validate =
      this.#compiled.get(key) ?? (document === 'sent' ? this.#sent : this.#ajv).compile({ $ref: key })
    this.#compiled.set(key, validate)
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) => [instancePath, message, params])
  }
}

/** Null is nothing to them, and `" True "` is true; ajv does the rest: 30 and `"30"` are one. */
function asVendorsRead(_key: string, value: unknown): unknown {
  if (value === null) return undefined
  return typeof value === 'string' && /^\s*(?:true|false)\s*$/i.test(value)
    ? value.trim().toLowerCase()
    : value
}

function shapeOf(path: string): string {
  return path.replace(/\{\w*\}/g, '{}')
}

function headerMisfits({ headers = {} }: Described, answer: SeenAnswer): string[] {
  return Object.entries(headers).flatMap(([name, { required, schema }]) => {
    const value = answer.headers[name.toLowerCase()]
    if (value === undefined) return required ? [`There is no ${name}.`] : []
    return schema.type === 'integer' && !/^-?\d+$/.test(String(value))
      ? [`${name} is no number: ${value}`]
      : []
  })
}

/** A document that allows no properties but those that it names, so that none comes unannounced. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  const { type, properties } = node as JsonSchema
  const isShape = type === 'object' && typeof properties === 'object'
  return isShape ? { additionalProperties: false, ...inner } : inner
}
