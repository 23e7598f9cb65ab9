/** Names of tags that are made to be got wrong: by whoever escapes, splits, compares, or puts them into a path. */

/** Parts that git accepts anywhere but at the ends of a name. */
const ODD = [
  '%',
  '%41',
  '%2F',
  '%25',
  '#',
  '+',
  '&',
  '=',
  ';',
  "'",
  '"',
  '(',
  ')',
  '!',
  '$',
  ',',
  '|',
  '<',
  '>',
  '{',
  '}',
  ']',
  '`',
  '@',
  '/',
  '/refs/heads/',
  '.',
  '-',
  '_',
  'é',
  'e\u0301',
  'ß',
  'İ',
  'выпуск',
  '版本',
  '🚀',
  '\u200b',
  'HEAD',
  'null',
] as const

/** What no name of a ref may have, whatever is around it. https://git-scm.com/docs/git-check-ref-format */
const BROKEN: readonly ((name: string) => string)[] = [
  (name) => `${name} space`,
  (name) => `${name} `,
  (name) => `${name}\ttab`,
  (name) => `${name}\nline`,
  (name) => `${name}\u0000nul`,
  (name) => `${name}\u007fdel`,
  (name) => `${name}~1`,
  (name) => `${name}^0`,
  (name) => `${name}^{}`,
  (name) => `${name}:path`,
  (name) => `${name}?`,
  (name) => `${name}*`,
  (name) => `${name}[a]`,
  (name) => `${name}\\back`,
  (name) => `${name}..up`,
  (name) => `${name}/../up`,
  (name) => `${name}//twice`,
  (name) => `${name}/`,
  (name) => `/${name}`,
  (name) => `${name}.`,
  (name) => `${name}/.hidden`,
  (name) => `${name}.lock`,
  (name) => `${name}@{1}`,
  () => '',
]

/** `count` names that git accepts, made of odd parts. The same seed makes the same names; no name lies below another. */
export function validNames(prefix: string, seed: number, count: number): readonly string[] {
  const next = randomOf(seed)
  const long = `${prefix}long-${'n'.repeat(150)}`
  const each = ODD.map((part, i) => `${prefix}odd${i}-a${part}b`)
  const mixed = Array.from({ length: Math.max(0, count - each.length - 1) }, (_, i) => {
    const parts = Array.from({ length: 2 + (next() % 4) }, () => `${ODD[next() % ODD.length]}c`)
    return `${prefix}mix${i}-a${parts.join('')}`
  })
  return [long, ...each, ...mixed].slice(0, count).map((name) => name.replaceAll('..', '.'))
}

/** A name for each rule of git that can be broken. */
export function invalidNames(prefix: string): readonly string[] {
  return BROKEN.map((breakName, i) => breakName(`${prefix}bad${i}`))
}

/** Names that git accepts and some vendors do not. */
export function debatableNames(prefix: string): readonly string[] {
  return [
    `-${prefix}dash`,
    `refs/heads/${prefix}head`,
    `refs/tags/${prefix}tag`,
    `${prefix}bang!`,
    `${prefix}(parenthesis)`,
    `${prefix}quote'`,
    `${prefix}${'n'.repeat(200)}`,
  ]
}

/** Xorshift: numbers below 2^32, the same for the same seed on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}
