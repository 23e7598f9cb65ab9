import { STATUS_CODES } from 'node:http'
import type { FaultAnswer } from './fault-dialect.ts'

/** nginx words one of them differently. */
const REASONS: Readonly<Record<number, string>> = {
  504: 'Gateway Time-out',
  503: 'Service Temporarily Unavailable',
}

/** What nginx answers by itself when nothing is to be had from the server behind it. */
export function nginxPage(status: number): FaultAnswer {
  const title = `${status} ${REASONS[status] ?? STATUS_CODES[status] ?? 'Error'}`
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ]
  return { status, headers: { server: 'nginx', 'content-type': 'text/html' }, body: lines.join('\r\n') }
}

/** The statuses that mean that there is nothing behind the proxy. */
export function isFromProxy(status: number): boolean {
  return status === 502 || status === 503 || status === 504
}
