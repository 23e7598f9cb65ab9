import type { Fixture } from '../../src/index.ts'

/** The instant at which the tests' clocks stand. */
export const NOW = '2024-06-01T12:00:00Z'

const person = (username: string) => ({
  username,
  name: username,
  email: `${username}@example.test`,
  password: `${username}-password`,
  tokens: [`${username}-token`],
})

const commits = [1, 2, 3, 4].map((number) => ({
  label: `c${number}`,
  branch: 'main',
  message: `Step ${number}\n`,
  author: 'mia',
  date: `2024-01-0${number}T10:00:00Z`,
  files: { 'step.txt': `${number}\n` },
}))

/** Tags that are there from the beginning, every other one annotated. */
const first = Array.from({ length: 23 }, (_, i) => ({
  name: `base-${String(i).padStart(2, '0')}`,
  target: `c${(i % 4) + 1}`,
  ...(i % 2 === 1 && { message: `Base ${i}\n`, tagger: 'mia', date: `2024-02-${10 + i}T08:00:00Z` }),
}))

/** A maintainer (mia), a developer (dee), and one project with tags over several pages. */
export const fixture: Fixture = {
  users: [person('mia'), person('dee')],
  owners: [{ alias: 'acme', kind: 'company', members: { mia: 'owner' } }],
  projects: [
    {
      path: 'acme/widgets',
      id: 1,
      members: { mia: 'maintainer', dee: 'developer' },
      defaultBranch: 'main',
      commits,
      tags: [...first, { name: 'rel-0', target: 'c1' }],
    },
  ],
}

/** Names that random work is about: some are there, some are not, some may become protected as `rel-*`. */
export const NAMES = [
  ...first.slice(0, 6).map(({ name }) => name),
  ...['rel-0', 'rel-1', 'rel-2', 'new-0', 'new-1', 'new-2', 'new-3', 'deep/0', 'deep/1', 'выпуск-1', 'a+b'],
]
