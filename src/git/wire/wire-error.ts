/**
 * What a client sent breaks the protocol, or asks for what cannot be given. The message is meant for the person at the other
 * end: it is sent as `ERR <message>`, which git prints as `fatal: remote error: <message>`.
 */
export class WireError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WireError'
  }
}
