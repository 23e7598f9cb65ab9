import { writePack } from '../../git/wire/pack-writer.ts'
import type { Forge } from '../forge.ts'
import type { Owner } from '../model.ts'
import type { Project } from '../project.ts'
import type { Origin } from '../sandbox.ts'
import type { ProjectState, RepositoryState, State } from './schema.ts'

/** Base64 of a multiple of this many bytes can be put end to end. */
const BASE64_GROUP = 3

/**
 * A world as JSON, as readState takes it. In pieces, so that a large one need not be held in memory as one text. The forge
 * must be nobody else's: all its projects are opened.
 */
export async function* writeState(origin: Origin): AsyncGenerator<string> {
  const { forge } = origin
  const head: Omit<State, 'projects'> = {
    format: 'fakeforge-state',
    version: 1,
    ...describeForge(origin),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"projects":[`
  let separator = '\n'
  for (const spec of forge.specs) {
    yield separator
    yield* writeProject(await forge.open(spec))
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** All of a world but its projects. */
export function describeForge({ forge, clock }: Origin): Omit<State, 'projects' | 'format' | 'version'> {
  const { users, tokens, accessKeys, owners } = forge.world
  return {
    clock: clock.state,
    lastIds: forge.memory.lastIds,
    users: [...users],
    tokens: [...tokens.values()].map((token) => ({ ...token, scopes: mutable(token.scopes) })),
    issuedTokens: forge.memory.issuedTokens.map((token) => ({ ...token, scopes: mutable(token.scopes) })),
    accessKeys: [...accessKeys.values()],
    owners: owners.map((owner) => describeOwner(forge, owner)),
  }
}

async function* writeProject(project: Project): AsyncGenerator<string> {
  const facts = JSON.stringify(describeProject(project)).slice(0, -1)
  if (!project.hasRepository) {
    yield `${facts},"repository":null}`
    return
  }
  const { repository, refCreators } = project
  const refs: Omit<RepositoryState, 'objects'> = {
    head: repository.head,
    refs: Object.fromEntries(repository.refs()),
    creators: Object.fromEntries([...refCreators].map(([ref, { username }]) => [ref, username])),
  }
  yield `${facts},"repository":${JSON.stringify(refs).slice(0, -1)},"objects":"`
  // In the order of their ids, so that the same objects are the same text.
  yield* encodeBase64(writePack(repository.objects, [...repository.objects.oids()].sort()))
  yield '"}}'
}

/** All of a project but its repository. */
export function describeProject(project: Project): Omit<ProjectState, 'repository'> {
  const { spec } = project
  return {
    id: spec.id,
    uuid: spec.uuid,
    path: spec.path,
    owner: spec.owner.id,
    name: spec.name,
    description: spec.description,
    topics: [...spec.topics],
    visibility: spec.visibility,
    archived: spec.archived,
    createdAt: spec.createdAt,
    lastActivityAt: project.lastActivityAt,
    movedFrom: [...spec.movedFrom],
    members: Object.fromEntries(spec.members),
    features: spec.features,
    profiles: spec.profiles,
    tagRules: describeRules(project.tagRules),
    releases: [...project.releases.values()].map((release) => ({ ...release, links: [...release.links] })),
    webhooks: project.webhooks.map((hook) => ({ ...hook, events: mutable(hook.events) })),
    pullRequests: [...project.pullRequests.values()].map((request) => ({
      ...request,
      reviewers: [...request.reviewers],
    })),
    vendorState: Object.fromEntries(project.vendorState),
  }
}

function describeOwner(forge: Forge, owner: Owner): State['owners'][number] {
  const { members, ...facts } = owner
  return {
    ...facts,
    members: Object.fromEntries(members),
    tagRules: describeRules(forge.ownerRules(owner)),
  }
}

export function describeRules(rules: Owner['tagRules']): State['owners'][number]['tagRules'] {
  return rules.map(({ allow, ...rule }) => ({
    ...rule,
    ...(allow && { allow: { users: [...allow.users], roles: [...allow.roles] } }),
  }))
}

function mutable(texts: readonly string[] | null): string[] | null {
  return texts && [...texts]
}

async function* encodeBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % BASE64_GROUP)
    rest = bytes.subarray(whole)
    yield bytes.toString('base64', 0, whole)
  }
  yield rest.toString('base64')
}
