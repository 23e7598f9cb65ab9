import type { FastifyReply, FastifyRequest } from 'fastify'
import { Recording } from '../journal/recording.ts'

/** More than any journal is likely to keep of a body. */
const MOST_KEPT = 1024 * 1024

/** Reads a body that nobody wants, for the journal at most, and then goes on; not at all when the client goes away. */
export function swallowBody({ raw }: FastifyRequest, reply: FastifyReply, then: () => void): void {
  const recording = Recording.of(reply.raw)
  const chunks: Buffer[] = []
  let kept = 0
  raw.on('data', (chunk: Buffer) => {
    if (recording && kept < MOST_KEPT) chunks.push(chunk)
    kept += chunk.length
  })
  raw.once('end', () => {
    if (chunks.length > 0) recording?.keepBody(Buffer.concat(chunks), kept)
    then()
  })
  raw.resume()
}
