import type { FastifyRequest } from 'fastify'

/** Whether the client takes JSON. Without an Accept header it takes anything. */
export function acceptsJson(request: FastifyRequest): boolean {
  const { accept } = request.headers
  if (accept === undefined || accept === '*/*' || accept === 'application/json' || !accept.trim()) return true
  return acceptedTypes(request).some((type) => /^(?:\*|application)\/\*$|^application\/json$/.test(type))
}

/** Whether the client asks for JSON by name; the REST framework writes its own documents in XML otherwise. */
export function prefersJson(request: FastifyRequest): boolean {
  return acceptedTypes(request).includes('application/json')
}

/** The media type of the body, in lower case and without parameters; null without a header. */
export function mediaTypeOf(request: FastifyRequest): string | null {
  const type = request.headers['content-type']
  return type === undefined ? null : bare(type)
}

function acceptedTypes(request: FastifyRequest): string[] {
  return (request.headers.accept ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '' && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(entry))
    .map(bare)
}

function bare(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}
