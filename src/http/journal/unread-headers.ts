/**
 * Headers that say nothing to an API in particular: those of HTTP itself, of browsers and proxies, and those that trace
 * requests on their way.
 */
const OF_NOBODY = new Set(
  (
    'accept accept-charset accept-datetime accept-encoding accept-language authorization b3 baggage cache-control connection ' +
    'content-disposition content-encoding content-language content-length content-type cookie date dnt expect forwarded from ' +
    'git-protocol host http2-settings keep-alive max-forwards origin pragma priority range referer save-data te ' +
    'traceparent tracestate trailer transfer-encoding upgrade upgrade-insecure-requests user-agent via x-correlation-id ' +
    'x-fakeforge-sandbox x-real-ip x-request-id x-requested-with'
  ).split(' '),
)

const FAMILIES = /^(?:access-control-request|if|proxy|sec|x-amzn|x-b3|x-forwarded)-/

/** The names of headers that are parameters of somebody, but of nobody here: `header.private-token`. */
export function unreadHeaders(names: readonly string[], read: readonly string[] = []): string[] {
  return names
    .filter((name) => !OF_NOBODY.has(name) && !FAMILIES.test(name) && !read.includes(name))
    .map((name) => `header.${name}`)
}
