/** From an error to what a person reads on stderr, and to the exit code. */
import { UsageError } from '../config/mistakes.ts'
import { FakeForgeError } from '../fake-forge-error.ts'
import { FixtureError } from '../forge/fixture/problem.ts'
import { exitCodes } from './exit-codes.ts'

export interface FailureReport {
  readonly text: string
  readonly exitCode: number
}

export function reportFailure(error: unknown): FailureReport {
  const mistakes = mistakesIn(error)
  if (mistakes)
    return {
      text: mistakes.map((mistake) => `fakeforge: ${mistake}\n`).join(''),
      exitCode: exitCodes.usage.code,
    }
  const sentence = sentenceOf(error)
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { text: `fakeforge: ${sentence ?? trace}\n`, exitCode: exitCodes.failed.code }
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof FakeForgeError && error.code === 'data-unusable') return error.message
  return isSystemError(error) ? explainSystemError(error) : undefined
}

function mistakesIn(error: unknown): readonly string[] | undefined {
  if (error instanceof UsageError) return error.mistakes
  if (!(error instanceof FixtureError)) return undefined
  return error.problems.map(
    ({ path, message }) => `${error.source}: ${path === '' ? message : `${path}: ${message}`}`,
  )
}

interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
  readonly address?: string
  readonly hostname?: string
  readonly port?: number
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error
}

function explainSystemError({ code, address, hostname, port }: SystemError): string | undefined {
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${address} is in use. Stop what listens there, or choose another: --port ${Number(port) + 1}, or --port 0 for any free one.`
  }
  if (code === 'EACCES')
    return `port ${port} may not be used by this user. Choose one above 1023: --port 4747.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `this machine has no address ${address ?? hostname}. Choose one of its own: --host 127.0.0.1, or --host 0.0.0.0 for all.`
  }
  return undefined
}
