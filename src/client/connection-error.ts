import { FakeForgeError } from '../fake-forge-error.ts'

/** Nobody answers at the address (`no-connection`), or somebody who is not fakeforge (`not-fakeforge`). */
export class ConnectionError extends FakeForgeError {
  readonly url: string

  constructor(url: string, code: 'no-connection' | 'not-fakeforge', reason: string, cause?: unknown) {
    super(code, `${url}: ${reason}`, { cause })
    this.name = 'ConnectionError'
    this.url = url
  }
}
