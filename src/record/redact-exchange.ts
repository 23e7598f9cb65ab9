import type { RecordedExchange } from '../exchange/traffic.ts'
import { Redaction } from '../http/journal/redaction.ts'

/** Shorter ones would blot out half of every text that they happen to occur in. */
const SHORTEST = 6

type Headers = RecordedExchange['requestHeaders']

/** Masks what is secret by its place, and collects it in `found`, so that it can be looked for elsewhere. */
export function maskPlaces(exchange: RecordedExchange, found: Set<string>): RecordedExchange {
  const open = new Redaction(new Set()).open(found)
  const headers = (given: Headers) => mapHeaders(given, (value, name) => open.header(name, value))
  const body = (text: string | null, given: Headers) =>
    text === null ? null : open.body(text, String(given['content-type'] ?? '').toLowerCase())
  for (const given of [exchange.requestHeaders, exchange.answerHeaders]) noteParts(given, found)
  const [address = '', ...rest] = exchange.path.split('?')
  const query = rest.join('?')
  const path = query === '' ? exchange.path : `${address}?${open.query(query)}`
  return {
    ...exchange,
    path,
    requestHeaders: headers(exchange.requestHeaders),
    requestBody: body(exchange.requestBody, exchange.requestHeaders),
    answerHeaders: headers(exchange.answerHeaders),
    answerBody: body(exchange.answerBody, exchange.answerHeaders),
  }
}

/** What is secret in a header that has more in it: the values of cookies, and a signature. */
function noteParts(headers: Headers, found: Set<string>): void {
  for (const [name, value] of Object.entries(headers)) {
    for (const text of [value].flat()) {
      const parts = name === 'set-cookie' ? [text.split(';', 1)[0] ?? ''] : text.split(/[;,]\s*/)
      const pattern = name.endsWith('cookie') ? /^[^=]*=(.*)$/ : /^(?:.*\s)?Signature=(.*)$/i
      for (const part of parts) {
        const secret =
          name.endsWith('cookie') || name === 'authorization' ? pattern.exec(part)?.[1] : undefined
        if (secret !== undefined && secret.length >= SHORTEST) found.add(decode(secret)).add(secret)
      }
    }
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Masks known secrets wherever they stand, in any spelling. */
export function maskValues(exchange: RecordedExchange, secrets: ReadonlySet<string>): RecordedExchange {
  const open = new Redaction(withBase64(secrets)).open()
  const text = (value: string | null) => (value === null ? null : open.finish(value))
  return {
    ...exchange,
    path: open.finish(exchange.path),
    requestHeaders: mapHeaders(exchange.requestHeaders, (value) => open.finish(value)),
    requestBody: text(exchange.requestBody),
    answerHeaders: mapHeaders(exchange.answerHeaders, (value) => open.finish(value)),
    answerBody: text(exchange.answerBody),
  }
}

/** Base64 of a longer text has a secret in one of three spellings, of which all but the edges is certain. */
function withBase64(secrets: ReadonlySet<string>): ReadonlySet<string> {
  const plain = new Set([...secrets, ...[...secrets].map(decode)])
  const spellings = [...plain].flatMap((secret) => {
    const bytes = Buffer.from(secret)
    if (bytes.length < 6) return []
    return [0, 1, 2].flatMap((before) => {
      const shifted = Buffer.concat([Buffer.alloc(before), bytes])
      const whole = shifted.subarray(before === 0 ? 0 : 3, shifted.length - (shifted.length % 3))
      const text = whole.toString('base64')
      return text.length < 8 ? [] : [text, text.replaceAll('+', '-').replaceAll('/', '_')]
    })
  })
  return new Set([...plain, ...spellings])
}

function mapHeaders(headers: Headers, change: (value: string, name: string) => string): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? change(value, name) : value.map((one) => change(one, name)),
    ]),
  )
}
