/** HTTP archives as browsers, mitmproxy and the journal of fakeforge write them: http://www.softwareishard.com/blog/har-12-spec/ */
import { UsageError } from '../config/mistakes.ts'
import { withoutSandbox } from '../http/sandbox-address.ts'
import type { RecordedExchange } from './traffic.ts'

interface HarPair {
  readonly name: string
  readonly value: string
}

interface HarContent {
  readonly size?: number
  readonly text?: string
  readonly encoding?: string
  readonly params?: readonly { readonly name: string; readonly value?: string }[]
  readonly comment?: string
}

interface HarEntry {
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers?: readonly HarPair[]
    readonly postData?: HarContent
    readonly bodySize?: number
  }
  readonly response: {
    readonly status: number
    readonly headers?: readonly HarPair[]
    readonly content?: HarContent
    readonly bodySize?: number
  }
}

export function isHar(value: unknown): value is { log: { entries: unknown } } {
  return typeof value === 'object' && value !== null && 'log' in value
}

/** Throws UsageError that names each entry which is none. */
export function readHar(value: { log: { entries: unknown } }, source: string): RecordedExchange[] {
  const entries = value.log?.entries
  if (!Array.isArray(entries)) throw new UsageError([`${source}: log.entries: must be a list`])
  const mistakes = entries.flatMap((entry, i) => mistakesOf(entry, `${source}: log.entries[${i}]`))
  if (mistakes.length > 0) throw new UsageError(mistakes)
  return (entries as HarEntry[]).map(readEntry)
}

function mistakesOf(entry: Partial<HarEntry> | null, place: string): string[] {
  const mistakes: string[] = []
  if (typeof entry?.request?.method !== 'string') mistakes.push(`${place}.request.method: must be a text`)
  if (!URL.canParse(String(entry?.request?.url))) mistakes.push(`${place}.request.url: must be an address`)
  if (!Number.isInteger(entry?.response?.status)) mistakes.push(`${place}.response.status: must be a number`)
  return mistakes
}

function readEntry({ request, response }: HarEntry): RecordedExchange {
  // Not `URL.pathname`: it would tidy what the client wrote.
  const [, origin = '', rest = '/'] = /^([a-z]+:\/\/[^/?#]+)([^#]*)/i.exec(request.url) ?? []
  const path = rest.startsWith('/') ? rest : `/${rest}`
  const bare = withoutSandbox(path)
  return {
    method: request.method.toUpperCase(),
    origin: origin + path.slice(0, path.length - bare.length).replace(/\/$/, ''),
    path: bare,
    requestHeaders: headersOf(request.headers),
    requestBody: bodyOf(request.postData, request.bodySize),
    status: response.status === 0 ? null : response.status,
    answerHeaders: headersOf(response.headers),
    answerBody: bodyOf(response.content, response.bodySize),
  }
}

/** Null when there was one that was not kept. */
function bodyOf(content: HarContent | undefined, wireSize: number | undefined): string | null {
  if (content?.comment?.includes('only the beginning')) return null
  if (content?.text !== undefined) return decode(content.text, content.encoding)
  if (content?.params?.length) {
    const pairs = content.params.map(({ name, value = '' }) => [name, value] as [string, string])
    return new URLSearchParams(pairs).toString()
  }
  return (content?.size ?? 0) > 0 || (wireSize ?? 0) > 0 ? null : ''
}

function decode(text: string, encoding: string | undefined): string | null {
  if (encoding !== 'base64') return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'))
  } catch {
    return null
  }
}

function headersOf(pairs: readonly HarPair[] = []): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const { name, value } of pairs) {
    const known = headers[name.toLowerCase()]
    headers[name.toLowerCase()] = known === undefined ? value : [known, value].flat()
  }
  return headers
}
