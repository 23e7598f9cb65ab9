import { FakeForgeError } from '../fake-forge-error.ts'
import type { Finding } from '../http/findings/finding.ts'

/** A world is closed whose clients did something wrong, and that was to fail. Its code is `findings`. */
export class FindingsError extends FakeForgeError {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super('findings', [headOf(findings), ...findings.map(lineOf)].join('\n'))
    this.name = 'FindingsError'
    this.findings = findings
  }
}

function headOf({ length }: readonly Finding[]): string {
  return `fakeforge found ${length === 1 ? '1 mistake' : `${length} mistakes`} of the client, which a real server would let pass:`
}

function lineOf({ request, method, path, kind, wrong, right }: Finding): string {
  return `  request ${request}, ${method} ${path}: ${wrong} ${right} (${kind})`
}
