import type { ExchangeHeaders, ExchangeRequest } from '../exchange/exchange.ts'
import { hasScheme, isSecretName, MASK } from '../http/journal/secret-names.ts'

/** Who somebody is to a server. */
export interface Credential {
  /** Null: requests go out without any. */
  readonly token: string | null
  /** For Basic authentication. */
  readonly username: string
  /** What stands for a token of this server: `{token:dee}`, or the fixture's token of a user. Absent: nothing else does. */
  tokenOf?(text: string): string | undefined
}

/** `{token:writer}` */
const NAMED = /^\{token(?::([^}]*))?\}$/

/**
 * Puts in a credential where a recording had one: in place of what was redacted, of `{token:NAME}`, and of tokens that mean
 * nothing to this server. What was wrong on purpose stays wrong, and who came without one comes without one.
 */
export function signIn(request: ExchangeRequest, credential: Credential): ExchangeRequest {
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    signHeader(name, [value].flat().join(', '), credential),
  )
  const [address = '', query] = splitQuery(request.path)
  const path = query === null ? address : `${address}?${signQuery(query, credential)}`
  return { ...request, path, headers: Object.fromEntries(headers) as ExchangeHeaders }
}

function signHeader(name: string, value: string, credential: Credential): [string, string][] {
  if (!isSecretName(name)) return [[name, value]]
  const [, scheme = '', secret = value] = (hasScheme(name) && /^\s*(\S+)\s+(.*)$/.exec(value)) || []
  // A signature fits one request to one server; where tokens are the other way in, one is taken.
  if (/HMAC/i.test(scheme)) return credential.token === null ? [] : [['x-auth-token', credential.token]]
  if (scheme.toLowerCase() === 'basic') return signBasic(name, scheme, secret, credential)
  const token = tokenFor(secret, credential)
  return token === null ? [] : [[name, scheme === '' ? token : `${scheme} ${token}`]]
}

function signBasic(name: string, scheme: string, secret: string, credential: Credential): [string, string][] {
  const [username = '', password = ''] = splitAt(Buffer.from(secret, 'base64').toString(), ':')
  const isHidden = secret === MASK || NAMED.test(secret)
  const token = tokenFor(isHidden ? secret : password, credential)
  if (token === null) return []
  const user = isHidden || token !== password ? credential.username : username
  return [[name, `${scheme} ${Buffer.from(`${user}:${token}`).toString('base64')}`]]
}

function signQuery(query: string, credential: Credential): string {
  const pairs = query.split('&').flatMap((pair) => {
    const [name = '', value = ''] = splitAt(pair, '=')
    if (value === '' || !isSecretName(name)) return [pair]
    const token = tokenFor(decode(value), credential)
    return token === null ? [] : [`${name}=${encodeURIComponent(token)}`]
  })
  return pairs.join('&')
}

/** Null: nothing is to be sent. */
function tokenFor(secret: string, { token, tokenOf }: Credential): string | null {
  const own = tokenOf?.(NAMED.exec(secret)?.[1] ?? secret)
  if (own !== undefined) return own
  return secret.includes(MASK) || NAMED.test(secret) ? token : secret
}

function splitQuery(path: string): [string, string | null] {
  const at = path.indexOf('?')
  return at < 0 ? [path, null] : [path.slice(0, at), path.slice(at + 1)]
}

function splitAt(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
