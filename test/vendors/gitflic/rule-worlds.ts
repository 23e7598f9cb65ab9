import type { Fixture } from '../../../src/index.ts'
import { project, users, world } from './world.ts'

const members = { ada: 'owner', mia: 'maintainer', dee: 'developer' } as const

/** Owners of both kinds with rules and without, and a user whose tokens may do little. */
export const ruleWorld: Fixture = {
  users: [
    ...users,
    {
      username: 'tok',
      tokens: [
        { value: 'company-read', scopes: ['COMPANY_READ'] },
        { value: 'company-write', scopes: ['COMPANY_WRITE'] },
        { value: 'team-write', scopes: ['TEAM_WRITE', 'TEAM_READ'] },
      ],
    },
  ],
  owners: [
    { alias: 'acme', kind: 'company', members: { ...members, tok: 'owner' } },
    { alias: 'tools', kind: 'team', members: { ...members, tok: 'owner' } },
    {
      alias: 'seeded',
      kind: 'company',
      members,
      tagRules: [
        { pattern: 'n*', create: 'nobody' },
        { pattern: 'r*', create: 'reporter' },
        { pattern: 'o*', create: 'owner' },
      ],
    },
  ],
  projects: [project('acme/one'), project('tools/one')],
}

/** A project with tags and rules that are in the way of others. */
export const crowdedWorld = world(
  project('ada/widgets', {
    tags: [
      { name: 'taken', target: 'c1' },
      { name: 'annotated', target: 'c1', message: 'M\n' },
      { name: 'dir/leaf', target: 'c1' },
    ],
    tagRules: [
      { pattern: 'locked-*', create: 'nobody' },
      { pattern: 'admin-**', create: 'maintainer' },
      { pattern: 'open-?', create: 'developer' },
    ],
  }),
  project('ada/empty', { commits: [] }),
  project('ada/closed', { archived: true }),
)
