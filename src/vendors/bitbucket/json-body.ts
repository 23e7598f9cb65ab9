import type { FastifyRequest } from 'fastify'
import { type Envelope, named, refuse } from './answers.ts'
import type { Profile } from './profiles.ts'

/** Reads a body that is declared as JSON. Throws a 400 with the parser's exception, whose package the profile knows. */
export function readJsonBody(request: FastifyRequest): unknown {
  const { body, bitbucket } = request
  if (!Buffer.isBuffer(body) || body.length === 0) {
    return refuse(
      'body-missing',
      mappingException(bitbucket.profile, 'No content to map due to end-of-input'),
    )
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    const { jackson } = bitbucket.profile
    const name =
      jackson === 'org.codehaus.jackson'
        ? `${jackson}.JsonParseException`
        : `${jackson}.core.JsonParseException`
    return refuse('json-unreadable', named(400, name, 'The request body is not valid JSON'))
  }
}

/** The answer to a value that has not the type which its property has. */
export function mappingException({ jackson }: Profile, message: string): Envelope {
  const name =
    jackson === 'org.codehaus.jackson' ? 'map.JsonMappingException' : 'databind.JsonMappingException'
  return named(400, `${jackson}.${name}`, message)
}
