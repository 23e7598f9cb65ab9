import { writeFileSync } from 'node:fs'

const START = Date.UTC(2020, 0, 1)
const COMMITS = 100

/** Writes a fixture of one project, `acme/widgets`, with so many annotated tags on a hundred commits. */
export function writeTagFixture(file, tags) {
  const fixture = {
    users: [
      { username: 'ada', name: 'Ada Admin', email: 'ada@example.test', tokens: ['ada-token'], admin: true },
    ],
    owners: [{ alias: 'acme', kind: 'company' }],
    projects: [
      {
        path: 'acme/widgets',
        id: 1,
        commits: Array.from({ length: COMMITS }, (_, index) => commitAt(index)),
        tags: Array.from({ length: tags }, (_, index) => tagAt(index)),
      },
    ],
  }
  writeFileSync(file, JSON.stringify(fixture))
}

function commitAt(index) {
  return {
    label: `c${index}`,
    message: `Change number ${index}\n\nWhat it does and why.\n`,
    date: new Date(START + index * 3_600_000).toISOString(),
    files: { 'count.txt': `${index}\n` },
  }
}

function tagAt(index) {
  return {
    name: `v${Math.floor(index / 10_000)}.${Math.floor(index / 100) % 100}.${index % 100}`,
    target: `c${index % COMMITS}`,
    message: `Release number ${index}`,
    tagger: 'ada',
    date: new Date(START + (COMMITS * 60 + index) * 60_000).toISOString(),
  }
}
