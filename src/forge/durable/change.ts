import type { Oid } from '../model.ts'
import { changeList, type ListChange } from './list-change.ts'
import type { ProjectDocument, WorldDocument } from './schema.ts'

type Facts = Pick<ProjectDocument, 'tagRules' | 'webhooks' | 'vendorState' | 'lastActivityAt'>

/** What happened to one project. */
export interface ProjectChange {
  readonly facts?: Partial<Facts>
  readonly releases?: ListChange<ProjectDocument['releases'][number]>
  readonly pullRequests?: ListChange<ProjectDocument['pullRequests'][number]>
  /** The branch that HEAD points at now. */
  readonly head?: string
  /** By full names; null for those that went. */
  readonly refs?: Readonly<Record<string, Oid | null>>
  /** Of the same refs, who made them. */
  readonly creators?: Readonly<Record<string, string | null>>
  /** Objects that are not safe on the disk otherwise: type, space, base64. */
  readonly objects?: readonly string[]
}

/** What happened to a world between two moments; all of it or nothing is kept. */
export interface Change {
  /** Counts changes, beginning with 1. */
  readonly sequence: number
  readonly clock?: WorldDocument['clock']
  readonly lastIds?: WorldDocument['lastIds']
  /** Those that were issued since. */
  readonly issuedTokens?: WorldDocument['issuedTokens']
  /** By ids of owners. */
  readonly ownerRules?: Readonly<Record<string, ProjectDocument['tagRules']>>
  readonly created?: readonly ProjectDocument[]
  /** By ids of projects. */
  readonly projects?: Readonly<Record<string, ProjectChange>>
}

/** Brings a document up to date; refs, HEAD and objects are in the repositories. */
export function applyChange(world: WorldDocument, change: Change): void {
  world.sequence = change.sequence
  if (change.clock) world.clock = change.clock
  if (change.lastIds) world.lastIds = change.lastIds
  if (change.issuedTokens) world.issuedTokens.push(...change.issuedTokens)
  if (change.created) world.projects.push(...change.created)
  for (const owner of world.owners) {
    const rules = change.ownerRules?.[owner.id]
    if (rules) owner.tagRules = rules
  }
  for (const [id, projectChange] of Object.entries(change.projects ?? {})) {
    const project = world.projects.find((candidate) => candidate.id === Number(id))
    if (project) applyToProject(project, projectChange)
  }
}

function applyToProject(
  project: ProjectDocument,
  { facts, releases, pullRequests, creators }: ProjectChange,
) {
  Object.assign(project, facts)
  if (releases) project.releases = changeList(project.releases, ({ tag }) => tag, releases)
  if (pullRequests)
    project.pullRequests = changeList(project.pullRequests, ({ number }) => number, pullRequests)
  for (const [ref, username] of Object.entries(creators ?? {})) {
    if (!project.repository) continue
    if (username === null) delete project.repository.creators[ref]
    else project.repository.creators[ref] = username
  }
}
