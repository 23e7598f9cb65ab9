import type { Entry, Headers, ShownBody } from './entry.ts'
import type { Exchange, KeptBody } from './exchange.ts'
import type { ExchangeRedaction, Redaction } from './redaction.ts'
import { unreadFields } from './unread-fields.ts'
import { unreadHeaders } from './unread-headers.ts'

export type { Entry } from './entry.ts'

/** A request without anything that is secret in it. */
export function presentEntry(exchange: Exchange, redaction: Redaction): Entry {
  const open = redaction.open()
  const [path = '', ...rest] = exchange.url.split('?')
  const sent = rest.join('?')
  const requestHeaders = headersOfPairs(exchange.headers)
  const answerHeaders = headersOf(exchange.answerHeaders)
  const body = textOf(exchange.body)
  const first = {
    query: open.query(sent),
    headers: maskHeaders(requestHeaders, open),
    body: maskBody(body, requestHeaders, open),
    answerHeaders: maskHeaders(answerHeaders, open),
    answerBody: maskBody(textOf(exchange.answerBody), answerHeaders, open),
  }
  const { number, sandbox, vendor, operation, user, method, httpVersion, status, fault } = exchange
  return {
    number,
    time: new Date(exchange.startedAt).toISOString(),
    sandboxTime: new Date(exchange.sandboxTime).toISOString(),
    sandbox,
    vendor,
    operation,
    user,
    method,
    path: open.finish(path),
    query: open.finish(first.query),
    httpVersion,
    request: {
      headers: finishHeaders(first.headers, open),
      body: shownBody(exchange.body, first.body, open),
    },
    status,
    answer: {
      headers: finishHeaders(first.answerHeaders, open),
      body: shownBody(exchange.answerBody, first.answerBody, open),
    },
    cutOff: exchange.isCutOff,
    duration: Math.round(exchange.duration * 1000) / 1000,
    unread: unreadOf(exchange, sent, body, requestHeaders).map((name) => open.finish(name)),
    refusal: exchange.refusal === null ? null : open.finish(exchange.refusal),
    fault,
  }
}

function unreadOf(exchange: Exchange, query: string, body: string | null, headers: Headers): string[] {
  const { declared, habits } = exchange
  if (!declared) return []
  const whole = exchange.body.isCut ? null : body
  return [
    ...unreadFields({ query, type: typeOf(headers), body: whole }, declared, habits),
    ...unreadHeaders(Object.keys(headers), habits.headers),
  ]
}

function maskBody(text: string | null, headers: Headers, open: ExchangeRedaction): string | null {
  return text === null ? null : open.body(text, typeOf(headers))
}

function shownBody(
  { size, isCut, chunks }: KeptBody,
  text: string | null,
  open: ExchangeRedaction,
): ShownBody {
  const counted = size ?? sizeOf(chunks)
  return { text: text === null ? null : open.finish(text), size: counted, cut: isCut }
}

function sizeOf(chunks: KeptBody['chunks']): number | null {
  return chunks.length === 0 ? null : chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0)
}

/** Null for what is not UTF-8; a character that the cut went through is left out. */
function textOf({ chunks, isCut, size }: KeptBody): string | null {
  if (chunks.length === 0) return size === null ? null : ''
  const [only] = chunks
  if (chunks.length === 1 && typeof only === 'string') return only
  const bytes = Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)))
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function headersOfPairs(pairs: readonly string[]): Headers {
  const headers: Record<string, string | string[]> = {}
  for (let i = 0; i < pairs.length; i += 2) {
    const [name = '', value = ''] = [pairs[i]?.toLowerCase(), pairs[i + 1]]
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  return headers
}

function headersOf(headers: Exchange['answerHeaders']): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.map(String) : String(value)]],
    ),
  )
}

function maskHeaders(headers: Headers, open: ExchangeRedaction): Headers {
  return mapHeaders(headers, (value, name) => open.header(name, value))
}

function finishHeaders(headers: Headers, open: ExchangeRedaction): Headers {
  return mapHeaders(headers, (value) => open.finish(value))
}

function mapHeaders(headers: Headers, change: (value: string, name: string) => string): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? change(value, name) : value.map((item) => change(item, name)),
    ]),
  )
}

function typeOf(headers: Headers): string {
  return String([headers['content-type'] ?? ''].flat()[0]).toLowerCase()
}
