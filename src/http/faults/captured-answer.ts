/** Holds an answer back where it leaves for the socket, to be sent differently. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Recording } from '../journal/recording.ts'

export interface CapturedAnswer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

/** Has `deliver` called with the whole answer once it is there; nothing of it goes out by itself. */
export function captureAnswer(raw: ServerResponse, deliver: (answer: CapturedAnswer) => void): void {
  const { write, end, writeHead } = raw
  const chunks: Buffer[] = []
  const given: OutgoingHttpHeaders = {}

  raw.writeHead = ((status: number, ...rest: unknown[]) => {
    raw.statusCode = status
    const headers = rest.find((part) => typeof part === 'object' && part !== null)
    for (const [name, value] of Object.entries((headers ?? {}) as OutgoingHttpHeaders))
      given[name.toLowerCase()] = value
    return raw
  }) as typeof raw.writeHead
  raw.write = ((chunk: unknown, ...rest: unknown[]) => {
    keep(chunk)
    const done = rest.find((part) => typeof part === 'function') as (() => void) | undefined
    if (done) process.nextTick(done)
    return true
  }) as typeof raw.write
  raw.end = ((chunk: unknown) => {
    keep(chunk)
    Object.assign(raw, { write, end, writeHead })
    Recording.of(raw)?.answersRaw()
    const headers = { ...raw.getHeaders(), ...given }
    for (const name of raw.getHeaderNames()) raw.removeHeader(name)
    deliver({ status: raw.statusCode, headers, body: Buffer.concat(chunks) })
    return raw
  }) as typeof raw.end

  function keep(chunk: unknown): void {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
}
