import type { Exchange, ExchangeAnswer, ExchangeRequest } from '../exchange/exchange.ts'
import type { Session } from '../exchange/traffic.ts'
import { signIn } from './credentials.ts'
import type { SessionReport, Skipped } from './drift.ts'
import { evidenceOf } from './evidence-of.ts'
import type { FakeParty, Party } from './party.ts'
import { judge } from './verdict.ts'

interface Kept {
  readonly document: Exchange
  readonly fake: Exchange
  readonly live: Exchange | null
  /** Recorded after a change that was not repeated: the document shows another world. */
  readonly isLater: boolean
}

/**
 * Sends the requests of a recorded session to the fake and, as far as they only read, to a live server, and compares what
 * they answer with what was recorded. Throws what stands in the way of an answer.
 */
export async function replay(session: Session, fake: FakeParty, live: Party | null): Promise<SessionReport> {
  const skipped: Skipped[] = []
  const kept: Kept[] = []
  let isLater = false
  for (const document of session.exchanges) {
    const reason = live === null ? null : reasonToSkip(document.request)
    if (reason !== null) {
      skipped.push({ exchange: document.name, reason })
      isLater ||= document.answer.status < 400
      continue
    }
    const ask = async (party: Party) => ({ ...document, answer: await answerOf(party, document) })
    kept.push({ document, fake: await ask(fake), live: live === null ? null : await ask(live), isLater })
  }
  const judged = [
    ...judge(
      sidesOf(
        session,
        kept.filter((each) => !each.isLater),
        fake,
        live,
      ),
    ),
    ...judge({
      ...sidesOf(
        session,
        kept.filter((each) => each.isLater),
        fake,
        live,
      ),
      document: null,
    }),
  ]
  const operations = await fake.operations()
  const exchanges = await Promise.all(
    kept.map(async ({ document: { name, answer } }, i) => {
      const operation = operations.length === kept.length ? (operations[i] ?? null) : null
      const places = judged[i]?.judged ?? []
      const evidence = places.length === 0 ? null : await evidenceFor(session, operation, answer.status)
      const { vendor } = session
      return {
        name,
        drifts: places.map((one) => ({
          vendor,
          operation,
          exchange: name,
          ...one,
          evidence,
          accepted: null,
        })),
      }
    }),
  )
  const { vendor, source } = session
  const notes = notesOf(
    kept.map(({ document }) => document.name),
    judged,
  )
  return { vendor, source, exchanges, skipped, notes }
}

function sidesOf(session: Session, kept: readonly Kept[], fake: Party, live: Party | null) {
  const { origin, complete = false } = session
  return {
    document: {
      ...(origin !== undefined && { origin }),
      exchanges: kept.map(({ document }) => document),
      isComplete: complete,
    },
    live: live && { origin: live.url, exchanges: kept.flatMap((each) => each.live ?? []) },
    fake: { origin: fake.url, exchanges: kept.map((each) => each.fake) },
  }
}

/** What was written down with its source speaks for itself; a mere recording is held against what is known otherwise. */
async function evidenceFor(
  { vendor, evidence, complete }: Session,
  operation: string | null,
  status: number,
) {
  const isRecorded = evidence.kind === 'recording' && complete
  return isRecorded ? ((await evidenceOf(vendor, operation, status)) ?? evidence) : evidence
}

/** HEAD has no body, whatever was said about one. */
async function answerOf(party: Party, { request, answer }: Exchange): Promise<ExchangeAnswer> {
  const got = await party.send(signIn(request, party.credential))
  if (answer.body !== undefined) return got
  const { body: _body, ...rest } = got
  return rest
}

function reasonToSkip({ method }: ExchangeRequest): string | null {
  if (method === 'GET' || method === 'HEAD') return null
  return `${method} may change something, and recorded requests only ever read from a live server`
}

export function notesOf(
  names: readonly string[],
  judged: readonly { readonly reordered: readonly string[] }[],
): string[] {
  return names.flatMap((name, i) => {
    const places = judged[i]?.reordered ?? []
    return places.length === 0 ? [] : [`${name}: keys come in another order at ${places.join(', ')}`]
  })
}
