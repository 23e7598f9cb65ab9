import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../../http/origin.ts'
import type { Answer } from './answers.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { prefersJson } from './negotiation.ts'

export const JSON_TYPE = 'application/json;charset=UTF-8'
const XML_TYPE = 'application/xml;charset=UTF-8'

const REASONS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
}

const CONTAINER_PAGE =
  '<!doctype html><html lang="en"><head><title>HTTP Status 400 – Bad Request</title><style type="text/css">' +
  'body {font-family:Tahoma,Arial,sans-serif;} h1 {color:white;background-color:#525D76;}</style></head>' +
  '<body><h1>HTTP Status 400 – Bad Request</h1></body></html>'

/** Sends what a failed request gets. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.kind === 'envelope') {
    return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ errors: answer.errors }))
  }
  reply.removeHeader('content-type')
  if (answer.kind === 'empty') return reply.send()
  const isJson = prefersJson(request)
  return reply
    .header('content-type', isJson ? JSON_TYPE : XML_TYPE)
    .send(isJson ? jsonDocument(request, answer.status) : xmlDocument(request, answer.status))
}

/** The same for what is refused without an error being thrown. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  rule: RefusalName,
  answer: Answer,
): FastifyReply {
  request.rule = rule
  return sendAnswer(request, reply, answer)
}

/** The page of the servlet container, which looks at a path before Bitbucket does. */
export function sendContainerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  rule: RefusalName,
): FastifyReply {
  request.rule = rule
  return reply
    .code(400)
    .headers({ 'content-type': 'text/html;charset=utf-8', 'content-language': 'en' })
    .send(CONTAINER_PAGE)
}

function jsonDocument(request: FastifyRequest, status: number): string {
  const { hasSubCode } = request.bitbucket.profile
  const document = { message: messageOf(request, status), 'status-code': status }
  return JSON.stringify(hasSubCode ? { ...document, 'sub-code': -1 } : document)
}

function xmlDocument(request: FastifyRequest, status: number): string {
  const message = escapeXml(messageOf(request, status))
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<status><status-code>${status}</status-code><message>${message}</message></status>`
  )
}

function messageOf(request: FastifyRequest, status: number): string {
  if (status === 404 && !request.bitbucket.profile.hasSubCode) {
    return `null for uri: ${addressOf(request)}`
  }
  return `HTTP ${status} ${REASONS[status] ?? 'Bad Request'}`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
