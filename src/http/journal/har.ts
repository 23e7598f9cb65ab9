import { STATUS_CODES } from 'node:http'
import type { Entry, Headers, ShownBody } from './entry.ts'

/** Requests as an HTTP archive, which browsers and proxies can open. http://www.softwareishard.com/blog/har-12-spec/ */
export function toHar(entries: readonly Entry[], version: string) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'fakeforge', version },
      pages: [],
      entries: entries.map(harEntry),
    },
  }
}

function harEntry(entry: Entry) {
  const { method, status, httpVersion, request, answer, duration } = entry
  return {
    startedDateTime: entry.time,
    time: duration,
    request: {
      method,
      url: urlOf(entry),
      httpVersion: `HTTP/${httpVersion}`,
      cookies: [],
      headers: pairsOf(request.headers),
      queryString: queryOf(entry.query),
      ...postData(request.body, request.headers),
      headersSize: -1,
      bodySize: request.body.size ?? -1,
    },
    response: {
      // What HAR writes for a connection that ended without an answer.
      status: status ?? 0,
      statusText: STATUS_CODES[status ?? 0] ?? '',
      httpVersion: `HTTP/${httpVersion}`,
      cookies: [],
      headers: pairsOf(answer.headers),
      content: {
        size: answer.body.size ?? -1,
        mimeType: first(answer.headers['content-type']) ?? 'x-unknown',
        ...(answer.body.text !== null && { text: answer.body.text }),
        ...(answer.body.cut && { comment: 'only the beginning was kept' }),
      },
      redirectURL: first(answer.headers.location) ?? '',
      headersSize: -1,
      bodySize: answer.body.size ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    comment: [entry.operation, entry.refusal].filter((part) => part !== null).join(': '),
  }
}

function postData({ text, size, cut }: ShownBody, headers: Headers) {
  if (text === null || size === 0) return {}
  const mimeType = first(headers['content-type']) ?? ''
  const note = cut ? { comment: 'only the beginning was kept' } : {}
  return { postData: { mimeType, params: [], text, ...note } }
}

function urlOf({ path, query, sandbox, request }: Entry): string {
  const base = sandbox === null ? '' : `/__sandbox/${sandbox}`
  const tail = query === '' ? '' : `?${query}`
  return `http://${first(request.headers.host) ?? 'localhost'}${base}${path}${tail}`
}

function pairsOf(headers: Headers) {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((text) => ({ name, value: text })),
  )
}

function queryOf(query: string) {
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }))
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return [value ?? []].flat()[0]
}
