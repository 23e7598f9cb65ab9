import type { FastifyRequest } from 'fastify'
import type { Credential, FaultAnswer, FaultDialect } from '../fault-dialect.ts'
import { isFromProxy, nginxPage } from '../proxy-page.ts'
import { type Answer, answerNamed, UNAUTHENTICATED } from './errors.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { toJson } from './json.ts'
import { JSON_TYPE } from './media.ts'

/** GitFlic's own limit (500 requests an hour) is told by the status and `Retry-After` alone. */
export const gitflicFaults: FaultDialect = {
  answer(status, _reply, { retryAfter }) {
    if (isFromProxy(status)) return nginxPage(status)
    const headers = retryAfter === null ? {} : { 'retry-after': String(retryAfter) }
    return say(answerNamed(status), headers)
  },
  refuseCredential: () => say(UNAUTHENTICATED),
  rateHeaders: () => ({}),
  credentialOf,
  tags: {
    list: ['gitflic.listTags'],
    // Only git deletes tags.
    remove: [],
    isLaterPage: (query) => Number(query.get('page') ?? 0) > 0,
    namesIn: (body) =>
      ((body as { _embedded?: { tagList: { name: string }[] } } | null)?._embedded?.tagList ?? []).map(
        (tag) => tag.name,
      ),
    projectOf: (request) => request.gitflicProject ?? null,
  },
  scenarios: [],
}

function say({ status, body }: Answer, headers: Readonly<Record<string, string>> = {}): FaultAnswer {
  return {
    status,
    headers: { ...SECURITY_HEADERS, ...headers, 'content-type': JSON_TYPE },
    body: toJson(body),
  }
}

function credentialOf(request: FastifyRequest): Credential | null {
  const secret = /^token (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return secret === undefined ? null : { secret, username: null }
}
