/**
 * What receive-pack answers: whether the pack was taken, then for each command whether the ref moved.
 *
 *     unpack ok | unpack <what went wrong>
 *     ok <ref>  | ng <ref> <why not>
 *     0000
 *
 * `report-status-v2` may add lines that begin with `option` under an `ok`, when a ref was moved otherwise than asked for; that
 * never happens here. A client that took up `side-band-64k` gets all that over channel 1, and words for its user over 2.
 *
 * https://git-scm.com/docs/gitprotocol-pack#_report_status
 */
import { gatherLines } from './gather.ts'
import { FLUSH, LONGEST_PAYLOAD } from './pkt-line.ts'
import type { ReceiveRequest } from './receive-request.ts'
import { DATA, encodeSideBand, PROGRESS, WIDE } from './side-band.ts'

export interface ReceiveOutcome {
  /** `ok`, or what the unpacking came to grief over. */
  readonly unpack: string
  /** In the order of the commands; null for a ref that moved. */
  readonly results: readonly { readonly ref: string; readonly refused: string | null }[]
  /** Lines for the user. */
  readonly messages: readonly string[]
}

/** The answer in chunks of some 64 kB. It is empty for a client that asked for neither report nor side-band. */
export function* encodeOutcome(outcome: ReceiveOutcome, { capabilities }: ReceiveRequest): Generator<Buffer> {
  const wantsReport = capabilities.has('report-status') || capabilities.has('report-status-v2')
  const report = wantsReport ? gatherLines(reportLines(outcome)) : []
  if (!capabilities.has('side-band-64k')) {
    yield* report
    return
  }
  const words = outcome.messages.map((line) => `${line}\n`).join('')
  yield* encodeSideBand(PROGRESS, words, WIDE)
  for (const chunk of report) yield* encodeSideBand(DATA, chunk, WIDE)
  yield FLUSH
}

function* reportLines({ unpack, results }: ReceiveOutcome): Generator<string> {
  yield shorten(`unpack ${unpack}`)
  for (const { ref, refused } of results) {
    yield shorten(refused === null ? `ok ${ref}` : `ng ${ref} ${refused}`)
  }
}

/** A ref may be nearly as long as a packet, leaving no room for the reason. */
function shorten(line: string): string {
  if (line.length * 3 < LONGEST_PAYLOAD || Buffer.byteLength(line) < LONGEST_PAYLOAD) return line
  return Buffer.from(line)
    .subarray(0, LONGEST_PAYLOAD - 4)
    .toString()
}
