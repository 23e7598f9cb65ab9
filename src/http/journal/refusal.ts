import type { FastifyRequest } from 'fastify'
import { answerFailure, ForgeError } from '../../failure.ts'
import { sentences } from './sentences.ts'

/**
 * Notes why a request is refused; for the error handlers of vendors. `said` is what the vendor answers to an error of its
 * own; `otherwise` is the rule of an error that names none, which is the framework's.
 */
export function noteRefusal(
  request: FastifyRequest,
  error: Error & { rule?: string },
  said: string,
  otherwise: string | null = null,
): void {
  request.rule = error instanceof ForgeError ? error.code : (error.rule ?? otherwise)
  const sentence = error instanceof ForgeError ? answerFailure(sentences, error) : said
  request.refusal = sentence.replace(/\s+/g, ' ').trim()
}
