import type { FastifyRequest } from 'fastify'
import { rawQuery } from '../../http/origin.ts'
import { NONE, readBody } from './bodies.ts'
import { MALFORMED, refuse } from './errors.ts'
import { MalformedQuery, type Params, parseQuery } from './rack-params.ts'

/** All parameters of a request in one: the body wins over the query, the path over both. */
export interface RequestParams {
  readonly merged: Params
  /** Query and path only: what a `Link` header repeats. */
  readonly query: Params
}

/** Reads path, query and body. Throws GitLabError when one of them cannot be read. */
export function readParams(request: FastifyRequest): RequestParams | Promise<RequestParams> {
  const path = request.params as Params
  const query = readQuery(request)
  const body = readBody(request)
  if (body instanceof Promise) return body.then((fields) => mergeParams(path, query, fields))
  return mergeParams(path, query, body)
}

function mergeParams(path: Params, query: Params, body: Params): RequestParams {
  const own = query === NONE ? path : { ...query, ...path }
  return { merged: body === NONE ? own : { ...query, ...body, ...path }, query: own }
}

function readQuery(request: FastifyRequest): Params {
  const query = rawQuery(request)
  if (query === '') return NONE
  try {
    return parseQuery(query)
  } catch (error) {
    if (error instanceof MalformedQuery) return refuse('request-malformed', MALFORMED)
    throw error
  }
}
