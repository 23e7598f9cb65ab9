/** What CodeArts asks of a new tag's name beyond git's own rules: those of its console. */
interface NameRule {
  readonly broken: RegExp
  readonly rule: string
}

const rules: readonly NameRule[] = [
  {
    broken: /^(?:[-./]|refs\/heads\/|refs\/remotes\/)/,
    rule: "must not start with '-', '.', '/', 'refs/heads/' or 'refs/remotes/'",
  },
  { broken: /[\s\p{Cc}]/u, rule: 'must not contain whitespace or control characters' },
  { broken: /[[\\<~^:?*!()'"|$&;]/, rule: 'must not contain any of [ \\ < ~ ^ : ? * ! ( ) \' " | $ & ;' },
  { broken: /(?:[./]|\.lock)$/, rule: "must not end with '.', '/' or '.lock'" },
  { broken: /\.\.|@\{/, rule: "must not contain '..' or '@{'" },
]

/** The rule that a name breaks, or null. Names that git pushes are not held to these. */
export function consoleRule(name: string): string | null {
  return rules.find(({ broken }) => broken.test(name))?.rule ?? null
}
