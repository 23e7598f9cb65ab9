/**
 * What git accepts as the full name of a ref, with the rule that is broken otherwise.
 * https://git-scm.com/docs/git-check-ref-format
 */
interface NameRule {
  readonly broken: RegExp
  readonly rule: string
}

/** In the order in which they are reported: the rules of the characters first, as they are the easiest to act on. */
const nameRules: readonly NameRule[] = [
  { broken: /[\0-\x1f\x7f]/, rule: 'a ref name cannot contain a control character' },
  { broken: / /, rule: 'a ref name cannot contain a space' },
  { broken: /[~^:?*[\\]/, rule: 'a ref name cannot contain any of ~ ^ : ? * [ \\' },
  // git sees bytes; half of a surrogate pair has none, and would come back as another name.
  { broken: /\p{Surrogate}/u, rule: 'a ref name must be valid Unicode' },
  { broken: /\.\./, rule: "a ref name cannot contain '..'" },
  { broken: /@\{/, rule: "a ref name cannot contain '@{'" },
  { broken: /^\/|\/\/|\/$/, rule: 'a ref name cannot begin or end with a slash, or contain two in a row' },
  { broken: /(^|\/)\./, rule: "no part of a ref name can begin with '.'" },
  { broken: /\.$/, rule: "a ref name cannot end with '.'" },
  { broken: /\.lock(\/|$)/, rule: "no part of a ref name can end with '.lock'" },
  { broken: /^[^/]*$/, rule: 'a full ref name has at least two parts, separated by a slash' },
]

/** Names that nobody can have anything against, as nearly all are: told at one look. */
const PLAIN = /^[\w+-]+(?:[./][\w+-]+)*$/

/** Answers null when `git check-ref-format <fullName>` accepts the name, else a sentence with the rule that it breaks. */
export function checkRefName(fullName: string): string | null {
  if (PLAIN.test(fullName) && fullName.includes('/') && !fullName.includes('.lock')) return null
  return nameRules.find(({ broken }) => broken.test(fullName))?.rule ?? null
}

/** As `checkRefName`, for the name of a tag without `refs/tags/`. */
export function checkTagName(name: string): string | null {
  if (name === '') return 'a tag name cannot be empty'
  return checkRefName(`refs/tags/${name}`)
}
