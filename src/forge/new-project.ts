import type { Forge } from './forge.ts'
import { uuidOf } from './identifier.ts'
import type { Owner, Visibility } from './model.ts'
import { importRules } from './owner-rules.ts'
import type { ProjectSpec } from './spec.ts'

export interface NewProject {
  readonly owner: Owner
  /** The last part of its path; whether the path is free is for the caller to see to. */
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly visibility: Visibility
}

/** Creates a project with an empty repository, with its owner's tag rules when the owner wants that. */
export function createProject(forge: Forge, wanted: NewProject): ProjectSpec {
  const { owner, slug } = wanted
  const path = `${owner.alias}/${slug}`
  const spec: ProjectSpec = {
    ...wanted,
    id: Math.max(0, ...forge.specs.map((known) => known.id)) + 1,
    uuid: uuidOf(`project ${path}`),
    path,
    topics: [],
    archived: false,
    createdAt: forge.clock.now(),
    movedFrom: [],
    members: new Map(),
    features: { repository: 'enabled', releases: 'enabled' },
    tagRules: owner.importsTagRules ? importRules(forge, [], forge.ownerRules(owner)) : [],
    releases: new Map(),
    webhooks: [],
    pullRequests: [],
    profiles: {},
    source: {
      kind: 'history',
      history: { defaultBranch: DEFAULT_BRANCH, commits: [], branches: {}, tags: [] },
    },
  }
  forge.addProject(spec)
  return spec
}

const DEFAULT_BRANCH = 'main'
