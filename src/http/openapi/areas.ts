/** A tag, in OpenAPI's sense. */
export interface Area {
  readonly name: string
  readonly description: string
}

/** What operations are about, by a word in their names; the first that fits counts. */
const AREAS: readonly (readonly [word: RegExp, name: string, description: string])[] = [
  [/protect|TagRule/i, 'Tag protection', 'Rules for who may create which tags.'],
  [/release/i, 'Releases', 'What is told of a tag, and what can be downloaded with it.'],
  [/hook/i, 'Webhooks', 'Addresses that are told when refs change.'],
  [/pullRequest|rebase/i, 'Pull requests', 'Branches that are to be merged.'],
  [/commit|compare/i, 'Commits', 'Commits, and what they change.'],
  [/branch/i, 'Branches', 'Branches of a repository.'],
  [/refs|policy/i, 'Repository', 'A repository as a whole.'],
  [/file|tree/i, 'Files', 'Files and folders of a commit.'],
  [/tag/i, 'Tags', 'Tags of a repository, light and annotated.'],
  [/group|namespace|compan|team/i, 'Groups', 'Owners of projects that have members.'],
  [/user|token/i, 'Users', 'People, and their tokens.'],
  [/project|repositor/i, 'Projects', 'Projects that whoever asks may see.'],
  [/(?:)/, 'Server', 'The server itself.'],
]

/** What an operation is about. */
export function areaOf(operation: string): Area {
  const [, name = '', description = ''] = AREAS.find(([word]) => word.test(operation)) ?? []
  return { name, description }
}
