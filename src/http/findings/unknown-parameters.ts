import type { Finding } from './finding.ts'
import { namesBeside, namesElsewhere, readFieldPath } from './known-names.ts'
import { nearestName } from './nearest-name.ts'
import { findingAbout, type SeenRequest } from './seen-request.ts'

/** Names beyond this are too many to help anybody. */
const MOST_NAMES = 12

/** What a client sends and nothing reads, each with what it most likely meant. */
export function findUnknownParameters(request: SeenRequest): Finding[] {
  const { unread, operation } = request.entry
  return unread.map((field) =>
    findingAbout(
      request,
      'unknown-parameter',
      `${operation ?? 'This address'} reads no ${field}.`,
      adviceOn(request, field),
    ),
  )
}

function adviceOn({ exchange: { declared, habits } }: SeenRequest, field: string): string {
  const path = readFieldPath(field)
  const known = namesBeside(path, declared ?? {}, habits)
  const near = nearestName(path.name, known)
  if (near !== undefined) return `Send ${[path.part, ...path.above, near].join('.').replaceAll('.[]', '[]')}.`
  const elsewhere = nearestName(path.name, namesElsewhere(path, declared ?? {}))
  if (elsewhere !== undefined) return `Send ${path.part === 'query' ? 'body' : 'query'}.${elsewhere}.`
  if (known.length === 0 || known.length > MOST_NAMES) return 'Leave it out.'
  return `Leave it out; known there: ${known.join(', ')}.`
}
