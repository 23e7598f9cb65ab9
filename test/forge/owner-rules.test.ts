import { beforeEach, describe, expect, it } from 'vitest'
import { frozenClock } from '../../src/forge/clock.ts'
import { validateFixture } from '../../src/forge/fixture/load.ts'
import { Forge } from '../../src/forge/forge.ts'
import type { Owner } from '../../src/forge/model.ts'
import { createProject } from '../../src/forge/new-project.ts'
import {
  applyOwnerRules,
  createOwnerRule,
  deleteOwnerRule,
  editOwnerRule,
} from '../../src/forge/owner-rules.ts'
import { World } from '../../src/forge/world.ts'

const EPOCH = Date.UTC(2024, 0, 1)
const NOW = Date.UTC(2024, 5, 1)

let forge: Forge
let acme: Owner

beforeEach(async () => {
  const fixture = await validateFixture(
    {
      users: [{ username: 'ada', avatar: '/ada.png' }, { username: 'bob' }],
      owners: [
        { alias: 'acme', tagRules: [{ pattern: 'v*', create: 'nobody' }], importTagRules: true },
        { alias: 'tools', kind: 'team' },
      ],
      projects: [
        {
          path: 'acme/one',
          id: 7,
          commits: [],
          tagRules: [{ pattern: 'v*', create: 'developer' }, { pattern: 'x*' }],
        },
        { path: 'acme/two', commits: [] },
        { path: 'tools/other', commits: [] },
      ],
    },
    'test',
  )
  forge = new Forge(await World.open({ fixture, source: 'test', folder: '/' }), frozenClock(NOW))
  acme = forge.owner('acme') as Owner
})

async function rulesOf(path: string) {
  const spec = forge.spec(path)
  if (!spec) throw new Error(path)
  return (await forge.open(spec)).tagRules
}

describe('owner rules', () => {
  it('come from the fixture, numbered after the rules of its projects', () => {
    expect(forge.ownerRules(acme)).toEqual([{ id: 3, pattern: 'v*', create: 'nobody', updatedAt: EPOCH }])
    expect(forge.ownerRules(forge.owner('tools') as Owner)).toEqual([])
  })

  it('are numbered on from those of the fixture and keep their order', () => {
    createOwnerRule(forge, acme, 'a*', 'maintainer')
    editOwnerRule(forge, acme, 3, 'developer')
    expect(forge.ownerRules(acme)).toEqual([
      { id: 3, pattern: 'v*', create: 'developer', updatedAt: NOW },
      { id: 4, pattern: 'a*', create: 'maintainer', updatedAt: NOW },
    ])
  })

  it('refuse a pattern twice, and what is not there', () => {
    expect(() => createOwnerRule(forge, acme, 'v*', 'owner')).toThrow(
      expect.objectContaining({ code: 'rule-exists' }),
    )
    expect(() => editOwnerRule(forge, acme, 99, 'owner')).toThrow(
      expect.objectContaining({ code: 'rule-missing' }),
    )
    deleteOwnerRule(forge, acme, 3)
    expect(() => deleteOwnerRule(forge, acme, 3)).toThrow(expect.objectContaining({ code: 'rule-missing' }))
  })

  it('change no project until they are applied', async () => {
    createOwnerRule(forge, acme, 'a*', 'nobody')
    expect(await rulesOf('acme/two')).toEqual([])
  })

  it('are applied to the projects of their owner only: same patterns overwritten, others kept', async () => {
    await applyOwnerRules(forge, acme)
    expect(await rulesOf('acme/one')).toEqual([
      { id: 1, pattern: 'v*', create: 'nobody', updatedAt: NOW },
      { id: 2, pattern: 'x*', create: 'maintainer', updatedAt: EPOCH },
    ])
    expect(await rulesOf('acme/two')).toEqual([{ id: 4, pattern: 'v*', create: 'nobody', updatedAt: NOW }])
    expect(await rulesOf('tools/other')).toEqual([])
  })

  it('applied twice, are as if applied once', async () => {
    await applyOwnerRules(forge, acme)
    const once = await rulesOf('acme/two')
    await applyOwnerRules(forge, acme)
    expect(await rulesOf('acme/two')).toEqual(once)
  })

  it('leave their copies alone when they change', async () => {
    await applyOwnerRules(forge, acme)
    deleteOwnerRule(forge, acme, 3)
    expect(await rulesOf('acme/two')).toHaveLength(1)
  })
})

describe('a project created at run time', () => {
  it('gets the next id, an empty repository and, where its owner wants that, the rules', async () => {
    const spec = createProject(forge, {
      owner: acme,
      slug: 'new',
      name: 'New',
      description: '',
      visibility: 'private',
    })
    expect([spec.id, spec.path]).toEqual([8, 'acme/new'])
    const project = await forge.open(spec)
    expect(project.repository.isEmpty).toBe(true)
    expect(project.defaultBranch).toBe('main')
    expect(project.tagRules).toEqual([{ id: 4, pattern: 'v*', create: 'nobody', updatedAt: NOW }])
    expect(forge.spec('acme/new')).toBe(spec)
  })

  it('belongs to its forge alone, not to the world that the forge began with', () => {
    const owner = forge.owner('tools') as Owner
    const spec = createProject(forge, { owner, slug: 'n', name: 'n', description: '', visibility: 'public' })
    expect(spec.tagRules).toEqual([])
    expect(new Forge(forge.world, frozenClock(NOW)).spec('tools/n')).toBeUndefined()
  })
})

it('gives a user the picture that the fixture names, or none', () => {
  expect([forge.user('ada')?.avatar, forge.user('bob')?.avatar]).toEqual(['/ada.png', null])
})
