/** What an operation is about, by a word in its name; the first that fits counts. */
const AREAS: readonly (readonly [word: RegExp, area: string])[] = [
  [/protect|TagRule/i, 'Tag protection'],
  [/release/i, 'Releases'],
  [/hook/i, 'Webhooks'],
  [/pullRequest|rebase/i, 'Pull requests'],
  [/commit|compare/i, 'Commits'],
  [/branch/i, 'Branches'],
  [/refs|policy/i, 'Repository'],
  [/file|tree/i, 'Files'],
  [/tag/i, 'Tags'],
  [/group|namespace|compan|team/i, 'Groups'],
  [/user|token/i, 'Users'],
  [/project|repositor/i, 'Projects'],
]

/** The tag, in OpenAPI's sense, of an operation. */
export function areaOf(operation: string): string {
  return AREAS.find(([word]) => word.test(operation))?.[1] ?? 'Server'
}
