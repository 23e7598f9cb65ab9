import type { FastifyRequest } from 'fastify'

export const JSON_TYPE = 'application/json'
export const HAL_TYPE = 'application/hal+json'

/**
 * The media type of a list: HAL unless the client asks for plain JSON, most wanted first. What a client accepts beside
 * these two is not looked at.
 */
export function listType(request: FastifyRequest): string {
  const { accept = '*/*' } = request.headers
  if (accept === '*/*' || accept === HAL_TYPE) return HAL_TYPE
  if (accept === JSON_TYPE) return JSON_TYPE
  const wanted = accept
    .split(',')
    .map(readRange)
    .sort((a, b) => b.quality - a.quality || b.weight - a.weight)
  for (const { type, quality } of wanted) {
    if (quality > 0 && type === JSON_TYPE) return JSON_TYPE
    if (quality > 0 && [HAL_TYPE, 'application/*', '*/*'].includes(type)) return HAL_TYPE
  }
  return HAL_TYPE
}

/** Whether a body of this content type is read as JSON. */
export function isJson(contentType: string): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^application\/(?:[^/\s]+\+)?json$/.test(type)
}

function readRange(range: string): { type: string; quality: number; weight: number } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = given === undefined ? 1 : Number(given) || 0
  // A named type goes before a range of types.
  return { type, quality, weight: type.includes('*') ? 0 : 1 }
}
