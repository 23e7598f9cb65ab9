import { type ComparedExchange, compare } from '../exchange/compare.ts'
import type { Difference } from '../exchange/difference.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Drifter, Said } from './drift.ts'

/** What one side answered to the requests of a session. */
export interface Side {
  readonly origin?: string
  readonly exchanges: readonly Exchange[]
}

/** Sides are equally long; a document or a live server may be lacking, but not both. */
export interface Sides {
  readonly document: (Side & { readonly isComplete: boolean }) | null
  readonly live: Side | null
  readonly fake: Side
}

export interface Judged {
  readonly pointer: string
  readonly kind: Difference['kind']
  readonly drifted: Drifter
  readonly said: Said
}

export interface JudgedExchange {
  readonly judged: readonly Judged[]
  /** Where only the order of keys differs. */
  readonly reordered: readonly string[]
}

/** Holds up to three answers to each request against each other. */
export function judge({ document, live, fake }: Sides): JudgedExchange[] {
  const headers = document?.isComplete === false ? 'stated' : 'all'
  const against = (expected: Side, actual: Side, scope: 'all' | 'stated') =>
    compare(expected.exchanges, actual.exchanges, {
      expected: pick(expected),
      actual: pick(actual),
      headers: scope,
    })
  const liveDrift = document && live && against(document, live, headers)
  const fakeDrift = document && against(document, fake, headers)
  const between = live && against(live, fake, 'all')
  return fake.exchanges.map((_, i) => judgeOne(liveDrift?.[i], fakeDrift?.[i], between?.[i]))
}

function pick({ origin }: Side) {
  return origin === undefined ? {} : { origin }
}

function judgeOne(
  liveDrift: ComparedExchange | undefined,
  fakeDrift: ComparedExchange | undefined,
  between: ComparedExchange | undefined,
): JudgedExchange {
  const [ofLive, ofFake, apart] = [liveDrift, fakeDrift, between].map(byPointer) as [Found, Found, Found]
  const pointers = new Set([...ofLive.keys(), ...ofFake.keys(), ...apart.keys()])
  const judged = [...pointers].flatMap((pointer): Judged[] => {
    const [inLive, inFake, inBoth] = [ofLive.get(pointer), ofFake.get(pointer), apart.get(pointer)]
    const first = inFake ?? inLive ?? inBoth
    if (!first) return []
    return [
      {
        pointer,
        kind: first.kind,
        drifted: drifterOf(inLive, inFake, inBoth),
        said: said(inLive, inFake, inBoth),
      },
    ]
  })
  return { judged, reordered: (between ?? fakeDrift)?.reordered ?? [] }
}

type Found = ReadonlyMap<string, Difference>

function byPointer(compared: ComparedExchange | undefined): Found {
  return new Map(compared?.differences.map((difference) => [difference.pointer, difference]))
}

function drifterOf(
  inLive: Difference | undefined,
  inFake: Difference | undefined,
  apart: Difference | undefined,
): Drifter {
  if (inLive && inFake) return apart ? 'both' : 'document'
  return inLive ? 'live' : 'fake'
}

/** Each difference has what two of the three say. */
function said(
  inLive: Difference | undefined,
  inFake: Difference | undefined,
  apart: Difference | undefined,
): Said {
  const written = inLive ?? inFake
  return {
    ...part('document', written, 'expected'),
    ...part('live', apart, 'expected'),
    ...part('live', inLive, 'actual'),
    ...part('fake', apart, 'actual'),
    ...part('fake', inFake, 'actual'),
  }
}

function part(who: keyof Said, difference: Difference | undefined, side: 'expected' | 'actual'): Said {
  return difference && side in difference ? { [who]: difference[side] } : {}
}
