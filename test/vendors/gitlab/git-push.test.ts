import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Project } from '../../../src/forge/project.ts'
import { buildApp } from '../../../src/index.ts'
import { gitlabPushes } from '../../../src/vendors/gitlab/git-push.ts'
import { profileNamed } from '../../../src/vendors/gitlab/profiles.ts'
import { NOW, project, world } from './world.ts'

let app: FastifyInstance
let opened: Project
beforeAll(async () => {
  const tagRules = [
    { pattern: 'v*', create: 'maintainer' as const },
    { pattern: 'never', create: 'nobody' as const },
  ]
  app = await buildApp({ clock: NOW, fixture: world(project('acme/widgets', 1, { tagRules })) })
  opened = await app.worlds.live.open(app.worlds.live.spec(1)!)
})
afterAll(() => app.close())

const OLD = 'a'.repeat(40)
const NEW = 'b'.repeat(40)

/** What GitLab says of a push of one ref, and of another one beside it. */
function judge(token: string, ref: string, before: string | null, after: string | null, profile = 'current') {
  const identity = app.worlds.live.identifyToken(token)
  const harmless = { ref: 'refs/heads/other', before: null, after: NEW, forced: false }
  const changes = [harmless, { ref, before, after, forced: false }]
  return gitlabPushes(profileNamed(profile)).judge({ project: opened, identity, changes, options: [] })
}

describe('a push to GitLab', () => {
  it.each([
    ['a protected tag made by a maintainer', 'mia-token', 'refs/tags/v1', null, NEW],
    ['a tag that nobody may make, made by an administrator', 'root-token', 'refs/tags/never', null, NEW],
    ['a free tag made by a developer', 'dee-token', 'refs/tags/free', null, NEW],
    ['a free tag that is moved', 'dee-token', 'refs/tags/free', OLD, NEW],
    ['a free tag that is deleted', 'dee-token', 'refs/tags/free', OLD, null],
    ['a branch that is deleted', 'dee-token', 'refs/heads/feature', OLD, null],
    ['the default branch', 'dee-token', 'refs/heads/main', OLD, NEW],
  ])('lets pass %s', (_name, token, ref, before, after) => {
    expect(judge(token, ref, before, after)).toEqual({ refused: new Map(), messages: [] })
  })

  it.each([
    [
      'a protected tag made by a developer',
      'dee-token',
      'refs/tags/v1',
      null,
      NEW,
      'You are not allowed to create this tag as it is protected.',
    ],
    [
      'a tag that nobody may make',
      'mia-token',
      'refs/tags/never',
      null,
      NEW,
      'You are not allowed to create this tag as it is protected.',
    ],
    [
      'a protected tag that is moved',
      'mia-token',
      'refs/tags/v1',
      OLD,
      NEW,
      'Protected tags cannot be updated.',
    ],
    [
      'a protected tag deleted by a developer',
      'dee-token',
      'refs/tags/v1',
      OLD,
      null,
      'You are not allowed to delete protected tags from this project. Only a project maintainer or owner can delete a protected tag.',
    ],
    [
      'a protected tag deleted by a maintainer',
      'mia-token',
      'refs/tags/v1',
      OLD,
      null,
      'You can only delete protected tags using the web interface.',
    ],
    [
      'a tag with the name of the default branch',
      'mia-token',
      'refs/tags/main',
      null,
      NEW,
      'You cannot use default branch name to create a tag',
    ],
    [
      'a tag whose name begins as a full one',
      'mia-token',
      'refs/tags/refs/tags/x',
      null,
      NEW,
      'You cannot create a tag with a prohibited pattern.',
    ],
    [
      'a tag with a name that confuses git',
      'mia-token',
      'refs/tags/HEAD',
      null,
      NEW,
      'You cannot create a tag with a prohibited pattern.',
    ],
    [
      'a tag that looks like an object',
      'mia-token',
      `refs/tags/${OLD}-rc`,
      null,
      NEW,
      'You cannot create a tag with a SHA-1 or SHA-256 tag name.',
    ],
    [
      'a branch that looks like an object',
      'mia-token',
      `refs/heads/${OLD}`,
      null,
      NEW,
      'You cannot create a branch with a SHA-1 or SHA-256 branch name.',
    ],
    [
      'the default branch when it is deleted',
      'mia-token',
      'refs/heads/main',
      OLD,
      null,
      'The default branch of a project cannot be deleted.',
    ],
  ])('is refused as a whole for %s', (_name, token, ref, before, after, reason) => {
    const refused = new Map([
      ['refs/heads/other', 'pre-receive hook declined'],
      [ref, 'pre-receive hook declined'],
    ])
    expect(judge(token, ref, before, after)).toEqual({ refused, messages: [`GitLab: ${reason}`] })
  })

  it('knows tags that look like objects only since GitLab 16', () => {
    expect(judge('mia-token', `refs/tags/${OLD}`, null, NEW, '14').messages).toEqual([])
    expect(judge('mia-token', `refs/heads/${OLD}`, null, NEW, '14').messages).toEqual([
      'GitLab: You cannot create a branch with a 40-character hexadecimal branch name.',
    ])
  })
})
