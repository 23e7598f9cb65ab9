/**
 * Wildcard patterns, matched in time proportional to pattern × text: patterns come from clients, and a regular
 * expression made of one could be built to backtrack for minutes.
 */

/** What the wildcards span. `any-run`: `*` is any run. `path`: `*` and `?` stop at `/`, `**` does not. */
export type WildcardStyle = 'any-run' | 'path'

type Step =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' | 'run' | 'any-run' }

/** Whether the whole of `text` matches `pattern`; case-sensitive, anchored at both ends. */
export function matchesWildcard(pattern: string, text: string, style: WildcardStyle): boolean {
  const characters = [...text]
  // reachable[i]: the steps so far can consume exactly the first i characters.
  let reachable: boolean[] = characters.map(() => false)
  reachable.unshift(true)
  for (const step of parse(pattern, style)) {
    reachable =
      step.kind === 'run' || step.kind === 'any-run'
        ? spread(reachable, characters, step.kind)
        : shift(reachable, characters, step)
  }
  return reachable.at(-1) ?? false
}

function parse(pattern: string, style: WildcardStyle): Step[] {
  const parts = pattern.match(style === 'path' ? /\*{2,}|\*|\?|[^*?]/gsu : /\*+|[^*]/gsu) ?? []
  return parts.map((part): Step => {
    if (part.startsWith('*')) return { kind: style === 'path' && part === '*' ? 'run' : 'any-run' }
    return style === 'path' && part === '?' ? { kind: 'one' } : { kind: 'literal', character: part }
  })
}

function spread(
  reachable: readonly boolean[],
  characters: readonly string[],
  kind: 'run' | 'any-run',
): boolean[] {
  const next = [...reachable]
  for (let i = 0; i < characters.length; i++) {
    if (next[i] && (kind === 'any-run' || characters[i] !== '/')) next[i + 1] = true
  }
  return next
}

function shift(reachable: readonly boolean[], characters: readonly string[], step: Step): boolean[] {
  return [
    false,
    ...characters.map((character, i) => {
      if (!reachable[i]) return false
      return step.kind === 'literal' ? character === step.character : character !== '/'
    }),
  ]
}
