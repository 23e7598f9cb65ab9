import type { Exchange } from './exchange.ts'
import type { RecordedExchange } from './traffic.ts'

/** Headers of requests that belong to the connection, the browser or the moment. */
const IDLE_HEADER =
  /^(?::.*|host|connection|content-length|content-encoding|transfer-encoding|accept-encoding|keep-alive|cookie|origin|referer|priority|sec-.*|upgrade-insecure-requests|x-fakeforge-.*|x-forwarded-.*|expect|te|dnt|pragma|cache-control|if-none-match|if-modified-since)$/

/** An exchange of a recording, as far as it can be repeated; a text says why it cannot. */
export function toExchange(recorded: RecordedExchange): Exchange | string {
  const { method, path, status, answerHeaders, answerBody } = recorded
  if (status === null) return 'it was not answered'
  if (status === 304) return 'its answer rests on what the client had before'
  if (method === 'CONNECT' || status < 200) return 'it is about the connection'
  const request = requestOf(recorded)
  if (request === null) return 'its body was not kept as a whole'
  return {
    name: `${method} ${path}`,
    request,
    answer: {
      status,
      headers: answerHeaders,
      ...(answerBody !== null && method !== 'HEAD' && { body: readBody(answerBody, answerHeaders) }),
    },
  }
}

function requestOf({
  method,
  path,
  requestHeaders,
  requestBody,
}: RecordedExchange): Exchange['request'] | null {
  const hasBody = requestBody !== null && requestBody !== ''
  if (requestBody === null && method !== 'GET' && method !== 'HEAD') return null
  const headers = Object.entries(requestHeaders).filter(
    ([name]) => !IDLE_HEADER.test(name) && (hasBody || name !== 'content-type'),
  )
  return {
    method,
    path,
    headers: Object.fromEntries(headers),
    ...(hasBody && { body: readBody(requestBody, requestHeaders) }),
  }
}

/** A JSON value where the type says so, or nothing else is said and it looks so; else the text. */
export function readBody(text: string, headers: RecordedExchange['answerHeaders']): unknown {
  const type = [headers['content-type'] ?? ''].flat()[0] ?? ''
  if (text === '' || !(/[/+]json/i.test(type) || (type === '' && /^\s*[[{]/.test(text)))) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
