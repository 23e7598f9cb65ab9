import type { Entry } from '../journal/entry.ts'
import type { Exchange } from '../journal/exchange.ts'
import { isSecretName } from '../journal/secret-names.ts'
import type { Finding, FindingKind } from './finding.ts'

/** A request as it was, which is for nobody to see, and as it may be shown. */
export interface SeenRequest {
  readonly exchange: Exchange
  readonly entry: Entry
}

/**
 * Who sent a request: the same credentials from the same program. Of a signed request, that has another signature each time,
 * what names the key counts.
 */
export function clientOf({ exchange: { headers, url } }: SeenRequest): string {
  const marks: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i]?.toLowerCase(), headers[i + 1]]
    if (name === 'user-agent' || isSecretName(name)) marks.push(`${name}: ${value}`)
  }
  for (const [name, value] of new URLSearchParams(url.split('?')[1] ?? ''))
    if (isSecretName(name)) marks.push(`?${name}=${value}`)
  return marks
    .map((mark) => mark.replace(/,?\s*signature=[^,\s]*/i, ''))
    .sort()
    .join('\n')
}

/** A finding about a request. */
export function findingAbout(
  { entry }: SeenRequest,
  kind: FindingKind,
  wrong: string,
  right: string,
): Finding {
  const { number, vendor, operation, user, method, path } = entry
  return { kind, request: number, vendor, operation, user, method, path, wrong, right }
}
