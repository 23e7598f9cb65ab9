/** A request of the journal for people: one line, and below it what went wrong. */
import { styleText } from 'node:util'
import type { JournalEntry as Entry, Finding } from '../client/index.ts'
import { printable } from './wording.ts'

type Colour = Parameters<typeof styleText>[0]

export function writeEntry(entry: Entry): string {
  const { number, time, method, path, query, duration, user, vendor, operation, status } = entry
  const url = query === '' ? path : `${path}?${query}`
  const cells = [
    styleText('dim', `#${number}`.padStart(5)),
    styleText('dim', `${time.slice(11, 19)}Z`),
    styleText(colourOf(status), String(status ?? '---')),
    method.padEnd(6),
    printable(url),
    styleText('dim', `${Math.round(duration)} ms`),
    ...(user === null ? [] : [`by ${printable(user)}`]),
    styleText('dim', operation ?? vendor ?? 'no such route'),
  ]
  return [cells.join('  '), ...remarks(entry)].map((line) => `${line}\n`).join('')
}

/** A finding for people: the request, and below it what is wrong and what would be right. */
export function writeFinding({ request, method, path, kind, wrong, right }: Finding): string {
  const cells = [
    styleText('dim', `#${request}`.padStart(5)),
    styleText('yellow', kind),
    method,
    printable(path),
  ]
  return `${cells.join('  ')}\n       ${printable(wrong)} ${printable(right)}\n`
}

function remarks({ operation, refusal, unread, fault, cutOff, findings = [] }: Entry): string[] {
  const remark = (colour: Colour, text: string) => `       ${styleText(colour, printable(text))}`
  return [
    // That there is no such route stands in the line above.
    ...(refusal === null || operation === null ? [] : [remark('red', `refused: ${refusal}`)]),
    ...(unread.length === 0 ? [] : [remark('yellow', `sent, but unknown there: ${unread.join(', ')}`)]),
    ...findings.map(({ wrong, right }) => remark('yellow', `${wrong} ${right}`)),
    ...(fault === null ? [] : [remark('magenta', `fault: ${fault}`)]),
    ...(cutOff ? [remark('magenta', 'the connection ended before the whole answer was out')] : []),
  ]
}

function colourOf(status: number | null): Colour {
  if (status === null || status >= 500) return 'magenta'
  if (status >= 400) return 'red'
  return status >= 300 ? 'yellow' : 'green'
}
