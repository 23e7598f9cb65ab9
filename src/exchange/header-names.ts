/** Which headers of an answer say nothing about the server's dialect. */

/** Belong to the connection, to the coding of the body on it, or to what stands in front of the server. */
const TRANSPORT = new Set([
  'age',
  'alt-svc',
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'expect-ct',
  'gitlab-lb',
  'gitlab-sv',
  'keep-alive',
  'nel',
  'proxy-authenticate',
  'proxy-connection',
  'report-to',
  'server',
  'server-timing',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
])

const INTERMEDIARY = /^(?:cf-|x-amz-|x-cache|x-envoy-|x-served-by$|x-timer$|x-fakeforge-)/

/** Their values differ from answer to answer; that they are there does not. */
const VOLATILE =
  /^(?:x-request-id|x-correlation-id|x-gitlab-meta|x-runtime|x-arequestid|x-asessionid|x-auserid|x-ausername|x-(?:ratelimit|rate-limit)-.*|ratelimit-.*|retry-after|x-trace-id|traceparent)$/

export function isTransportHeader(name: string): boolean {
  return TRANSPORT.has(name) || INTERMEDIARY.test(name)
}

export function isVolatileHeader(name: string): boolean {
  return VOLATILE.test(name)
}
