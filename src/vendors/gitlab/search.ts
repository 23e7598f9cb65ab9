/**
 * GitLab's search over ref names (app/finders/git_refs_finder.rb): ignoring case, every character literal except the first
 * `^` (start), the first `$` (end) and every `*` (any run). Without any of those it is a substring.
 */
export interface RefSearch {
  matches(name: string): boolean
  /** A name that is moved to the front of the results: the term itself, in plain searches. */
  isExact(name: string): boolean
}

/** Null when there is nothing to search for; blanks are nothing. */
export function readSearch(term: string | undefined): RefSearch | null {
  if (!term?.trim()) return null
  const wanted = term.toLowerCase()
  if (!/[\^$*]/.test(term)) {
    return {
      matches: (name) => name.toLowerCase().includes(wanted),
      isExact: (name) => name.toLowerCase() === wanted,
    }
  }
  const steps = parse(wanted)
  // An anchor that is not at its end of the term can never hold.
  if (steps === null) return { matches: () => false, isExact: () => false }
  return { matches: (name) => holds(steps, name.toLowerCase()), isExact: () => false }
}

/** Moves the first ref that the term names to the front; others that differ from it in case stay where they are. */
export function exactFirst<Ref extends { readonly name: string }>(
  refs: readonly Ref[],
  search: RefSearch,
): readonly Ref[] {
  const at = refs.findIndex((ref) => search.isExact(ref.name))
  return at <= 0 ? refs : [...refs.slice(at, at + 1), ...refs.slice(0, at), ...refs.slice(at + 1)]
}

interface Steps {
  readonly fromStart: boolean
  readonly toEnd: boolean
  /** The literal pieces between the stars, in order. */
  readonly pieces: readonly string[]
}

function parse(wanted: string): Steps | null {
  // A run that stands outside of an anchor can only be empty.
  const term = wanted.replace(/^\*+\^/, '^').replace(/^([^$]*\$)\*+$/, '$1')
  const start = term.indexOf('^')
  const end = term.indexOf('$')
  if (start > 0 || (end >= 0 && end !== term.length - 1)) return null
  const body = term.slice(start === 0 ? 1 : 0, end < 0 ? undefined : -1)
  return { fromStart: start === 0, toEnd: end >= 0, pieces: body.split('*') }
}

/** Leftmost placement of each piece is enough; only the last one may have to sit at the end. */
function holds({ fromStart, toEnd, pieces }: Steps, name: string): boolean {
  const last = pieces.length - 1
  let at = 0
  for (const [i, piece] of pieces.entries()) {
    if (i === last && toEnd) {
      const from = name.length - piece.length
      return from >= at && name.endsWith(piece) && (i > 0 || !fromStart || from === 0)
    }
    const found = name.indexOf(piece, at)
    if (found < 0 || (i === 0 && fromStart && found > 0)) return false
    at = found + piece.length
  }
  return true
}
