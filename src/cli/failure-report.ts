/** From an error to what a person reads on stderr, or a program with `--json`, and to the exit code. */
import { UsageError } from '../config/mistakes.ts'
import { FakeForgeError } from '../fake-forge-error.ts'
import { FixtureError } from '../forge/fixture/problem.ts'
import { StateError } from '../forge/state/problem.ts'
import { exitCodes } from './exit-codes.ts'
import { nextStep } from './next-step.ts'
import { explainSystemError, isSystemError } from './system-error.ts'

export interface FailureReport {
  readonly text: string
  readonly exitCode: number
}

/** What is told of a failure: each message is a sentence that says what to do. */
interface Told {
  readonly code: string
  readonly messages: readonly string[]
  readonly isMistake: boolean
}

export function reportFailure(error: unknown, json: boolean): FailureReport {
  const { code, messages, isMistake } = tell(error)
  const text = json
    ? `${JSON.stringify({ error: code, message: messages.join('\n') })}\n`
    : messages.map((message) => `fakeforge: ${message}\n`).join('')
  return { text, exitCode: isMistake ? exitCodes.usage.code : exitCodes.failed.code }
}

function tell(error: unknown): Told {
  if (error instanceof UsageError)
    return { code: error.code, messages: [...new Set(error.mistakes)], isMistake: true }
  if (error instanceof FixtureError) {
    const messages = error.problems.map(({ path, message }) => `${error.source}: ${place(path)}${message}`)
    return { code: error.code, messages, isMistake: true }
  }
  if (error instanceof StateError) {
    const messages = error.problems.map(({ path, message }) => `the state: ${place(path)}${message}`)
    return { code: error.code, messages, isMistake: true }
  }
  if (error instanceof FakeForgeError) {
    const messages = [[error.message, nextStep(error)].filter(Boolean).join(' ')]
    return { code: error.code, messages, isMistake: isRefusedInput(error) }
  }
  if (isSystemError(error)) {
    return { code: error.code, messages: [explainSystemError(error) ?? error.message], isMistake: false }
  }
  return { code: 'internal-error', messages: [explainBug(error)], isMistake: false }
}

function place(path: string): string {
  return path === '' ? '' : `${path}: `
}

/** The control plane has understood what was wanted, and it cannot be: a filter that is unknown, say. */
function isRefusedInput(error: FakeForgeError): boolean {
  return 'status' in error && error.status === 422
}

function explainBug(error: unknown): string {
  if (/\bfakeforge\b/.test(process.env.NODE_DEBUG ?? '') && error instanceof Error)
    return error.stack ?? error.message
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('\n', 1)[0]} (an error of fakeforge itself; NODE_DEBUG=fakeforge says where it comes from)`
}
