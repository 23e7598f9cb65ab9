import { sendTo } from '../exchange/send.ts'
import { ComparisonError } from './comparison-error.ts'
import type { Party } from './party.ts'

/** Which live server, and as whom. */
export interface LiveWishes {
  /** Origin, and context path if it has one. */
  readonly url: string
  readonly token: string | null
  /** For Basic authentication. */
  readonly username?: string
}

export interface LiveParty extends Party {
  /** Throws ComparisonError when there was no answer worth comparing. */
  demandAnswers(kind: 'stories' | 'traffic'): void
}

/**
 * The live server. `isForeign` knows tokens of recordings that stand for its own. Once `stop` says so, only what reads or
 * takes away is sent any more.
 */
export function openLive(
  { url, token, username = 'x-token-auth' }: LiveWishes,
  isForeign: (token: string) => boolean,
  timeout: number,
  stop?: AbortSignal,
): LiveParty {
  const send = sendTo(url, { timeout })
  const statuses = new Set<number>()
  let trouble = 'it was not asked'
  return {
    url,
    send: async (request) => {
      if (stop?.aborted && /^(?:POST|PUT|PATCH)$/.test(request.method)) throw stop.reason
      const answer = await send(request).catch((error: Error) => {
        trouble = `${request.method} ${request.path.split('?', 1)[0]}: ${reasonOf(error)}`
        throw new ComparisonError('no-answer', `${url} does not answer ${trouble}`)
      })
      statuses.add(answer.status)
      return answer
    },
    credential: { token, username, tokenOf: (text) => (isForeign(text) ? (token ?? undefined) : undefined) },
    demandAnswers: (kind) => {
      if (statuses.size === 0) throw new ComparisonError('no-answer', `${url} does not answer (${trouble}).`)
      // A tour of stories finds something at least; in recorded traffic, 404 may be all that was asked for.
      const closed = kind === 'stories' ? [401, 403, 404] : [401]
      const seen = [...statuses]
      if (!seen.every((status) => closed.includes(status))) return
      const why = token === null ? 'it wants a token: --token' : 'look at the token, and the project'
      throw new ComparisonError('no-answer', `${url} answers nothing but ${seen.join(', ')}: ${why}.`)
    },
  }
}

function reasonOf(error: Error & { readonly code?: string }): string {
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'there was no time left'
    : error.message || String(error.code)
}
