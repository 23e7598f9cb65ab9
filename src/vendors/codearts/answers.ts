import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Refusal, UNKNOWN_ROUTE } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { JSON_TYPE } from './headers.ts'
import { requestId } from './request-id.ts'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** How a generation of the API puts a refusal. */
export type Dialect = (refusal: Refusal, isChinese: boolean) => Answer

/** v4: two keys. https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ErrorCode.html */
export const flat: Dialect = (refusal, isChinese) => {
  switch (refusal.kind) {
    case 'unauthenticated':
      return flatAnswer(
        401,
        'CH.00000002',
        isChinese ? '认证信息无法识别' : 'Recognize authentication information failed.',
      )
    case 'forbidden':
    case 'hidden':
      return flatAnswer(403, 'CH.00401001', isChinese ? '没有访问权限' : 'No access permission.')
    case 'repository-missing':
      return flatAnswer(404, 'CH.00402000', 'The repository does not exist. Check and try again.')
    case 'missing':
      return flatAnswer(404, 'CH.000404', 'Resource unavailable.')
    case 'invalid':
      return flatAnswer(400, 'CH.00401999', `'${refusal.field}': ${refusal.reason}`)
    case 'gateway':
      return flatAnswer(refusal.status, refusal.code, refusal.message)
    case 'failure':
      return flatAnswer(500, 'CH.000001', 'Unknown error.')
  }
}

/** v1 and v2: an envelope, and 401 for whatever the caller may not even know of. */
export const nested: Dialect = (refusal, isChinese) => {
  switch (refusal.kind) {
    case 'unauthenticated':
    case 'hidden':
    case 'repository-missing':
      return nestedAnswer(401, 'CH.080401', 'You do not have the permission to access the resource.')
    case 'forbidden':
      return nestedAnswer(403, 'CH.080403', 'Access denied.')
    case 'missing':
      return nestedAnswer(404, 'CH.000404', 'Resource unavailable.')
    case 'invalid':
      return nestedAnswer(400, 'CH.010001', 'Invalid parameter value format.')
    case 'failure':
      return nestedAnswer(500, 'CH.000001', 'Unknown error.')
    case 'gateway':
      return flat(refusal, isChinese)
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
}

/** v3 is no part of CodeArts Repo but of IAM, which is a Keystone. */
export const keystone: Dialect = (refusal, isChinese) => {
  if (refusal.kind === 'gateway') return flat(refusal, isChinese)
  const { status } = flat(refusal, isChinese)
  const message =
    refusal.kind === 'unauthenticated' ? 'The username or password is wrong.' : 'The request body is invalid'
  return { status, body: { error: { code: status, message, title: TITLES[status] ?? 'Error' } } }
}

/** Sends what a refused request gets. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  dialect: Dialect,
): FastifyReply {
  const { status, body } = dialect(refusal, wantsChinese(request))
  return reply
    .code(status)
    .headers({ 'content-type': JSON_TYPE, 'x-request-id': requestId(request) })
    .send(JSON.stringify(body))
}

/** Sends what nothing is published for. */
export function sendUnknownRoute(
  request: FastifyRequest,
  reply: FastifyReply,
  rule: RefusalName,
  dialect: Dialect,
): FastifyReply {
  request.rule = rule
  return sendRefusal(request, reply, UNKNOWN_ROUTE, dialect)
}

function flatAnswer(status: number, error_code: string, error_msg: string): Answer {
  return { status, body: { error_code, error_msg } }
}

function nestedAnswer(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message }, status: 'failed' } }
}

export function wantsChinese(request: FastifyRequest): boolean {
  return String(request.headers['x-language']).toLowerCase() === 'zh-cn'
}
