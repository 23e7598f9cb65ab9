import { createGunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { GitHttpError } from './git-http-error.ts'

const ZIPPED = new Set(['gzip', 'x-gzip'])

/**
 * The body of a git request as it arrives, inflated if it was zipped, never more than `limit` bytes of it either way. Reading
 * throws GitHttpError: 413 beyond the limit, 400 for damaged gzip, 415 for another encoding.
 */
export function readGitBody(request: FastifyRequest, limit: number): AsyncGenerator<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  if (ZIPPED.has(encoding)) return limitBytes(inflate(request), limit)
  if (encoding !== 'identity')
    throw new GitHttpError(415, 'encoding-unsupported', `Unsupported content encoding: ${encoding}`)
  // The request must outlive its reader: destroying it would close the socket that the answer is to go out on.
  return limitBytes(request.raw.iterator({ destroyOnReturn: false }), limit)
}

/** Throws away what was not read of a body: whoever is refused early is still sending, and looks for no answer until that is done. */
export function passRest({ raw }: FastifyRequest, body: AsyncGenerator<Buffer>): void {
  body.return(undefined).then(
    () => raw.resume(),
    () => raw.resume(),
  )
}

async function* limitBytes(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    yield chunk
  }
}

async function* inflate({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  raw.once('error', (error) => gunzip.destroy(error))
  raw.pipe(gunzip)
  try {
    yield* gunzip.iterator({ destroyOnReturn: false })
  } catch (error) {
    const damaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    throw damaged
      ? new GitHttpError(400, 'gzip-damaged', `The request is not valid gzip: ${error.message}`)
      : error
  } finally {
    raw.unpipe(gunzip)
    gunzip.close()
  }
}

function tooLarge(limit: number): GitHttpError {
  return new GitHttpError(413, 'body-too-large', `The request is larger than ${limit} bytes.`)
}
