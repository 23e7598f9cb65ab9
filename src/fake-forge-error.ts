/**
 * What everything that fakeforge throws at its users has in common, so that it can be told from errors of others. `code`
 * is a stable word: `invalid-fixture`, `sandbox-missing`, `no-connection` …
 */
export class FakeForgeError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'FakeForgeError'
    this.code = code
  }
}
