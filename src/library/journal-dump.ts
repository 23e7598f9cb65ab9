import type { Entry } from '../http/journal/entry.ts'

/** How many requests are shown; what led to a failure is mostly at the end. */
const MOST = 50

/** Requests as a person reads them below a failing test: what was asked, what it came to, and why. */
export function dumpJournal(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'fakeforge saw no request in this test.'
  const left = entries.length - MOST
  const head = `fakeforge saw ${count(entries.length)} in this test:`
  const gap = left > 0 ? [`  … ${left} before these`] : []
  return [head, ...gap, ...entries.slice(-MOST).flatMap(linesOf)].join('\n')
}

function linesOf(entry: Entry): string[] {
  const { number, method, path, query, status, operation, user, refusal, unread, fault } = entry
  const address = query === '' ? path : `${path}?${query}`
  const what = operation ?? 'no such route'
  const notes = [
    refusal !== null && `refused: ${refusal}`,
    unread.length > 0 && `unread: ${unread.join(', ')}`,
    fault !== null && `fault: ${fault}`,
    entry.cutOff && 'the connection ended before the answer did',
  ]
  return [
    `  ${String(number).padStart(3)}  ${method} ${address}  ${status ?? 'no answer'}  ${what}${user === null ? '' : `, ${user}`}`,
    ...notes.flatMap((note) => (note ? [`       ${note}`] : [])),
  ]
}

function count(requests: number): string {
  return requests === 1 ? '1 request' : `${requests} requests`
}
