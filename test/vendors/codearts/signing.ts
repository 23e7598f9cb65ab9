/** A second signer, written from the published description, so that ours is not only checked against itself. */
import { createHash, createHmac } from 'node:crypto'

export interface Signing {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly accessKey: string
  readonly secret: string
}

const percentEncode = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) =>
      /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The Authorization header of a request; all of `headers` are signed. */
export function sign({ method, path, query = {}, headers, body = '', accessKey, secret }: Signing): string {
  const names = Object.keys(headers).sort()
  const canonical = [
    method,
    `${path
      .split('/')
      .map((part) => percentEncode(decodeURIComponent(part)))
      .join('/')}/`,
    Object.keys(query)
      .sort()
      .map((name) => `${percentEncode(name)}=${percentEncode(query[name] ?? '')}`)
      .join('&'),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    names.join(';'),
    headers['x-sdk-content-sha256'] ?? sha256(body),
  ].join('\n')
  const toSign = ['SDK-HMAC-SHA256', headers['x-sdk-date'], sha256(canonical)].join('\n')
  const signature = createHmac('sha256', secret).update(toSign).digest('hex')
  return `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=${names.join(';')}, Signature=${signature}`
}
