import fc from 'fast-check'
import type { Forge } from '../../src/forge/forge.ts'
import { createProject } from '../../src/forge/new-project.ts'
import { createOwnerRule } from '../../src/forge/owner-rules.ts'
import type { Project } from '../../src/forge/project.ts'
import { createPullRequest } from '../../src/forge/pull-requests.ts'
import type { Sandbox } from '../../src/forge/sandbox.ts'
import { createTag, deleteTag } from '../../src/forge/tags.ts'

/** What one world has to hold, as plain data. */
export interface Facts {
  tags: Map<string, string>
  /** Ids of the objects that were written in this world, or in the one that it was forked from before that. */
  objects: Set<string>
  releases: Map<string, number>
  rules: string[]
  ownerRules: string[]
  webhooks: string[]
  pullRequests: string[]
  remembered: string | null
  creators: Map<string, string>
  issued: Set<string>
  projects: string[]
  lastIds: Record<'rule' | 'release' | 'hook', number>
  now: number
}

/** What somebody does in one world; `value` makes it differ from what others do. */
export interface Act {
  readonly kind: (typeof kinds)[number]
  readonly value: number
}

const kinds = [
  ...['light tag', 'annotated tag', 'no tag', 'release', 'rule', 'owner rule', 'webhook'],
  ...['pull request', 'memory', 'token', 'clock', 'project', 'look'],
] as const

export const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  value: fc.nat({ max: 5 }),
})

const author = (forge: Forge) => ({ user: forge.user('mia')!, vendor: 'gitlab' })

export function projectOf({ forge }: Sandbox): Promise<Project> {
  return forge.open(forge.spec(1)!)
}

/** Does it, and has the facts follow from what was asked for alone. */
export async function perform({ kind, value }: Act, sandbox: Sandbox, facts: Facts): Promise<void> {
  const { forge } = sandbox
  const project = await projectOf(sandbox)
  const name = `t${value}`
  const commit = project.repository.ref('refs/heads/main')!
  const stamps = { createdAt: 0, updatedAt: 0 }
  switch (kind) {
    case 'light tag':
    case 'annotated tag': {
      const message = kind === 'light tag' ? null : `In ${sandbox.id} at ${facts.now}\n`
      const { target } = createTag(project, { name, target: commit, message }, author(forge), true)
      facts.tags.set(name, target)
      if (message !== null) facts.objects.add(target)
      if (!facts.creators.has(name)) facts.creators.set(name, 'mia')
      return
    }
    case 'no tag':
      if (!facts.tags.delete(name)) return
      deleteTag(project, name, author(forge))
      facts.releases.delete(name)
      facts.creators.delete(name)
      return
    case 'release': {
      const id = forge.nextId('release')
      facts.lastIds.release += 1
      facts.releases.set(name, facts.lastIds.release)
      const rest = { name, description: null, author: 'mia', createdAt: 0, releasedAt: 0, links: [] }
      project.putRelease({ id, tag: name, ...rest })
      return
    }
    case 'rule':
      project.tagRules = [
        ...project.tagRules,
        { id: forge.nextId('rule'), pattern: name, create: 'nobody', updatedAt: 0 },
      ]
      facts.lastIds.rule += 1
      facts.rules.push(`${facts.lastIds.rule} ${name}`)
      return
    case 'owner rule':
      if (facts.ownerRules.some((rule) => rule.endsWith(` ${name}`))) return
      createOwnerRule(forge, forge.owner('acme')!, name, 'nobody')
      facts.lastIds.rule += 1
      facts.ownerRules.push(`${facts.lastIds.rule} ${name}`)
      return
    case 'webhook': {
      const id = forge.nextId('hook')
      const url = `http://127.0.0.1:1/${name}`
      const hook = { id, url, secret: null, vendor: null, events: null, settings: {}, ...stamps }
      project.webhooks = [...project.webhooks, hook]
      facts.lastIds.hook += 1
      facts.webhooks.push(`${facts.lastIds.hook} ${url}`)
      return
    }
    case 'pull request': {
      const refs = { source: project, sourceRef: 'refs/heads/side', targetRef: 'refs/heads/main' }
      const wanted = { title: name, description: null, reviewers: [], ...refs }
      createPullRequest(project, wanted, author(forge))
      // One between the same refs is enough.
      if (facts.pullRequests.length === 0) facts.pullRequests.push(`1 ${name}`)
      return
    }
    case 'memory':
      project.vendorState = new Map(project.vendorState).set('gitlab', name)
      facts.remembered = name
      return
    case 'token':
      facts.issued.add(forge.issueToken(forge.user('mia')!, facts.now + 1000).value)
      return
    case 'clock':
      sandbox.clock.advance(1000 * (value + 1))
      facts.now += 1000 * (value + 1)
      return
    case 'project': {
      const owner = forge.owner('acme')!
      if (facts.projects.includes(`acme/${name}`)) return
      const wanted = { owner, slug: name, name, description: '', visibility: 'private' as const }
      createProject(forge, wanted)
      facts.projects.push(`acme/${name}`)
      return
    }
    default:
      return
  }
}

/** The same facts, read out of a world. `written` are the ids of all objects that were written anywhere. */
export async function look(sandbox: Sandbox, written: Iterable<string>): Promise<Facts> {
  const { forge } = sandbox
  const project = await projectOf(sandbox)
  const { repository } = project
  const { lastIds } = forge.memory
  const byId = ({ id, pattern }: { id: number; pattern: string }) => `${id} ${pattern}`
  return {
    tags: new Map([...repository.tags.entries('name', 'asc')].map(({ name, target }) => [name, target])),
    objects: new Set([...written].filter((oid) => repository.objects.has(oid))),
    releases: new Map([...project.releases.values()].map(({ tag, id }) => [tag, id])),
    rules: project.tagRules.map(byId),
    ownerRules: forge.ownerRules(forge.owner('acme')!).map(byId),
    webhooks: project.webhooks.map(({ id, url }) => `${id} ${url}`),
    pullRequests: [...project.pullRequests.values()].map(({ number, title }) => `${number} ${title}`),
    remembered: (project.vendorState.get('gitlab') as string | undefined) ?? null,
    creators: new Map(
      [...project.refCreators].map(([ref, user]) => [ref.slice('refs/tags/'.length), user.username]),
    ),
    issued: new Set([...forge.issuedTokens].map(({ value }) => value)),
    projects: forge.specs.map(({ path }) => path),
    lastIds: { rule: lastIds.rule, release: lastIds.release, hook: lastIds.hook },
    now: forge.clock.now(),
  }
}
