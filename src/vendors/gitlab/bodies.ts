import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { type Answer, MALFORMED, refuse } from './errors.ts'
import { keepNumbers } from './json-numbers.ts'
import { MalformedQuery, nest, type Params, type ParamValue, parseQuery } from './rack-params.ts'

/** Grape's words, with its line breaks and trailing space. */
const BAD_JSON: Answer = {
  status: 400,
  body: {
    error:
      "\nProblem:\n  message body does not match declared format\nResolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body' ",
  },
}

/** No parameters at all. */
export const NONE: Params = Object.freeze({})

/** Reads a body as parameters, by its content type; JSON when there is none. Only multipart takes its time. Throws GitLabError. */
export function readBody(request: FastifyRequest): Params | Promise<Params> {
  const body = request.body as Buffer | undefined
  if (!Buffer.isBuffer(body) || body.length === 0 || request.method === 'GET' || request.method === 'HEAD')
    return NONE
  const type = request.headers['content-type'] ?? ''
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (media === '' || media === 'application/json') return readJson(body)
  if (media === 'application/x-www-form-urlencoded') return readForm(body)
  if (media === 'multipart/form-data') return readMultipart(body, type)
  return refuse('content-type-unsupported', {
    status: 415,
    body: { error: `The provided content-type '${media}' is not supported.` },
  })
}

function readJson(body: Buffer): Params {
  const text = body.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('json-malformed', BAD_JSON)
  }
  if (text.includes('\\u0000')) refuse('request-malformed', MALFORMED)
  // A JSON array or a bare value carries no names, hence no parameters.
  const isHash = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isHash ? keepNumbers(value as Params, text) : {}
}

function readForm(body: Buffer): Params {
  try {
    return parseQuery(body.toString('utf8'))
  } catch (error) {
    if (error instanceof MalformedQuery) return refuse('request-malformed', MALFORMED)
    throw error
  }
}

async function readMultipart(body: Buffer, contentType: string): Promise<Params> {
  const { Busboy } = await import('@fastify/busboy')
  const pairs: [string, ParamValue][] = []
  try {
    const parser = new Busboy({ headers: { 'content-type': contentType } })
    await new Promise<void>((resolve, reject) => {
      parser.on('field', (name: string, value: string) => pairs.push([name, value]))
      // A file is a hash to Rack, so that a text parameter sent as one is "invalid".
      parser.on('file', (name: string, stream: NodeJS.ReadableStream, filename: string) => {
        stream.resume()
        pairs.push([name, { filename }])
      })
      parser.on('finish', resolve)
      parser.on('error', reject)
      Readable.from([body]).pipe(parser)
    })
  } catch {
    return refuse('request-malformed', MALFORMED)
  }
  return nest(pairs)
}
