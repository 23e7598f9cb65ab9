/** The ways in which an answer can go wrong on the wire. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FaultAnswer } from '../../vendors/fault-dialect.ts'
import { Recording } from '../journal/recording.ts'
import type { CapturedAnswer } from './captured-answer.ts'

/** What sends a body of this size, or one whose end is not known (null). */
function begin(raw: ServerResponse, { status, headers }: Head, size: number | null): void {
  raw.statusCode = status
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (value !== undefined && lower !== 'content-length' && lower !== 'transfer-encoding')
      raw.setHeader(name, value)
  }
  if (size !== null && status !== 204 && status !== 304) raw.setHeader('content-length', size)
}

interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, OutgoingHttpHeaders[string]>>
}

/** An answer in place of the real one. */
export function deliverInstead(raw: ServerResponse, { status, headers, body }: FaultAnswer): void {
  Recording.of(raw)?.answersRaw()
  begin(raw, { status, headers: headers as Head['headers'] }, Buffer.byteLength(body))
  raw.end(body)
}

/** The answer with another body, whole as far as HTTP is concerned. */
export function deliverChanged(raw: ServerResponse, answer: CapturedAnswer, body: Buffer): void {
  begin(raw, answer, body.length)
  raw.end(body)
}

/** The connection ends without an answer: a TCP reset where there is TCP. */
export function drop(raw: ServerResponse): void {
  const { socket } = raw
  if (socket && 'resetAndDestroy' in socket && typeof socket.resetAndDestroy === 'function') {
    try {
      socket.resetAndDestroy()
      return
    } catch {
      // A socket that is no TCP socket cannot be reset.
    }
  }
  raw.destroy()
}

/** The connection ends when this part of the body is out, which its length gives away. */
export function deliverTruncated(raw: ServerResponse, answer: CapturedAnswer, part: number): void {
  begin(raw, answer, answer.body.length)
  const beginning = answer.body.subarray(0, Math.floor(answer.body.length * part))
  raw.flushHeaders()
  if (beginning.length === 0) raw.destroy()
  else raw.write(beginning, () => raw.destroy())
}

export interface Drip {
  readonly bytes: number
  readonly interval: number
  readonly endless: boolean
}

/** The body drop by drop; an endless one goes on with blanks, which change no JSON, until the client has enough. */
export function deliverDripping(raw: ServerResponse, answer: CapturedAnswer, drip: Drip): void {
  begin(raw, answer, drip.endless ? null : answer.body.length)
  raw.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    const drop = answer.body.subarray(sent, sent + drip.bytes)
    sent += drop.length
    if (drop.length > 0) raw.write(drop)
    else if (drip.endless) raw.write(' '.repeat(drip.bytes))
    if (sent < answer.body.length || drip.endless) return
    clearInterval(timer)
    raw.end()
  }, drip.interval)
  raw.once('close', () => clearInterval(timer))
}

/** JSON that stops where something else would have to follow. Other bodies are cut in half. */
export function breakJson(body: Buffer): Buffer {
  const text = body.toString('utf8')
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  return end < 0 ? body.subarray(0, body.length >> 1) : Buffer.from(`${text.slice(0, end)},`)
}

/** Whether a git answer holds a packfile: a version follows the word. */
export function hasPack(body: Buffer): boolean {
  return body.includes(PACK)
}

const PACK = Buffer.from('PACK\0\0\0\x02', 'latin1')

/** A git answer whose packfile is not all there. */
export function cutPack(body: Buffer, part: number): Buffer {
  const start = body.indexOf(PACK)
  return start < 0 ? body : body.subarray(0, start + Math.floor((body.length - start) * part))
}
