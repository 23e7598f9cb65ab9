/**
 * The signature of Huawei Cloud's SDKs: a canonical form of the request, hashed and signed with the secret of an access key.
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-005.html
 */
import { createHash, createHmac } from 'node:crypto'
import { parsePairs } from './query.ts'

const ALGORITHM = 'SDK-HMAC-SHA256'

/** What an Authorization header claims. */
export interface Claim {
  readonly accessKey: string
  /** Lower case, in the order of the header. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/** A request as it was sent. */
export interface SignedRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Reads `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`; null for anything else, other algorithms included. */
export function readClaim(header: string): Claim | null {
  const [, attributes = ''] = /^SDK-HMAC-SHA256\s+(\S.*)$/.exec(header.trim()) ?? []
  const pairs = attributes.split(',').map((pair): [string, string] => {
    const cut = pair.indexOf('=')
    return cut < 0 ? [pair.trim(), ''] : [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()]
  })
  const values = new Map(pairs)
  const accessKey = values.get('Access')
  const signedHeaders = values.get('SignedHeaders')
  const signature = values.get('Signature')
  if (!accessKey || !signedHeaders || !signature) return null
  return { accessKey, signedHeaders: signedHeaders.toLowerCase().split(';'), signature }
}

/**
 * The signatures that a holder of the secret may have come to. They are two when the path has escapes: most signers escape
 * the decoded segments, the one for Node escapes them as they stand.
 */
export function signaturesOf(request: SignedRequest, claim: Claim, secret: string): string[] {
  const date = headerOf(request, 'x-sdk-date')
  return canonicalPaths(request.url).map((path) => {
    const canonical = canonicalRequest(request, claim, path)
    return createHmac('sha256', secret)
      .update([ALGORITHM, date, sha256(canonical)].join('\n'))
      .digest('hex')
  })
}

/** Epoch milliseconds of X-Sdk-Date (`20260127T080000Z`); null when it cannot be read. */
export function signingTime(request: SignedRequest): number | null {
  const [, date, hours, minutes, seconds] =
    /^(\d{8})T(\d{2})(\d{2})(\d{2})Z$/.exec(headerOf(request, 'x-sdk-date')) ?? []
  if (date === undefined) return null
  const day = date.replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3')
  const milliseconds = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`)
  return Number.isNaN(milliseconds) ? null : milliseconds
}

function canonicalRequest(request: SignedRequest, { signedHeaders }: Claim, path: string): string {
  const headers = signedHeaders.map((name) => `${name}:${headerOf(request, name)}\n`).join('')
  return [
    request.method.toUpperCase(),
    path,
    canonicalQuery(request.url),
    headers,
    signedHeaders.join(';'),
    headerOf(request, 'x-sdk-content-sha256') || sha256(request.body),
  ].join('\n')
}

function canonicalPaths(url: string): string[] {
  const segments = (url.split('?', 1)[0] ?? '/').split('/')
  const paths = [segments.map((segment) => escapeAll(decode(segment))), segments.map(escapeAll)]
  return [...new Set(paths.map((parts) => `${parts.join('/')}/`.replace(/\/\/$/, '/')))]
}

function canonicalQuery(url: string): string {
  const cut = url.indexOf('?')
  if (cut < 0) return ''
  return parsePairs(url.slice(cut + 1))
    .sort(([nameA, valueA], [nameB, valueB]) => compareBytes(nameA, nameB) || compareBytes(valueA, valueB))
    .map(([name, value]) => `${escapeAll(name)}=${escapeAll(value)}`)
    .join('&')
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Everything but unreserved characters, as RFC 3986 has them. */
function escapeAll(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function headerOf({ headers }: SignedRequest, name: string): string {
  return [headers[name] ?? ''].flat().join(',').trim()
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
