import type { FastifyRequest } from 'fastify'
import { ForgeError } from '../../failure.ts'
import { demandWrite, mayReadCode, mayUse, roleOf } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Release } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { reaches } from '../../forge/roles.ts'
import { answerTo, FORBIDDEN, refuse } from './errors.ts'
import { demandUnprotected } from './new-tag.ts'
import type { ReleaseScene, ReleaseView } from './present-release.ts'
import { sceneOf, viewTag } from './tag-view.ts'

/** A release as the caller gets to see it. */
export function viewRelease(request: FastifyRequest, release: Release, withHtml = false): ReleaseView {
  const { gitlab, gitlabProject: project } = request
  const tag = project.hasRepository ? project.repository.tag(release.tag) : undefined
  return {
    release,
    author: project.forge.user(release.author) ?? null,
    commit: tag ? viewTag(project, tag, gitlab.identity, gitlab.profile).commit : null,
    showsCode: mayReadCode(gitlab.identity, project.spec),
    mayEdit: mayEdit(gitlab.identity, project, release.tag),
    withHtml,
    now: project.forge.clock.now(),
  }
}

export function releaseSceneOf({ gitlab, gitlabProject }: FastifyRequest): ReleaseScene {
  const { base } = gitlab
  return { ...sceneOf(gitlabProject, gitlab), base, slug: gitlabProject.spec.slug }
}

/** Guests may read releases, unless the feature is for others; decided before the parameters are looked at. */
export async function demandReleaseReader({
  gitlab,
  gitlabProject: { spec },
}: FastifyRequest): Promise<void> {
  if (!mayUse(gitlab.identity, spec, spec.features.releases, 'guest')) refuse('feature-hidden', FORBIDDEN)
}

/** Whoever may create the tag may change its release; app/policies/release_policy.rb */
export function demandReleaseEditor({ gitlab, gitlabProject: project }: FastifyRequest, tag: string): void {
  demandWrite(gitlab.identity, project.spec, 'developer')
  if (!mayCreateTag(gitlab.identity, project, tag)) refuse('tag-protected', FORBIDDEN)
}

/** What tags answer with 400 is 403 here: the service asks before it has looked at anything else. */
export function demandCreatableTag(project: Project, identity: Identity, tag: string): void {
  try {
    demandUnprotected(project, identity, tag)
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'tag-protected') throw error
    refuse('tag-protected', { ...answerTo(error), status: 403 })
  }
}

function mayEdit(identity: Identity, project: Project, tag: string): boolean {
  const { spec } = project
  return (
    !spec.archived && reaches(roleOf(identity, spec), 'developer') && mayCreateTag(identity, project, tag)
  )
}

function mayCreateTag(identity: Identity, project: Project, tag: string): boolean {
  try {
    demandUnprotected(project, identity, tag)
    return true
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'tag-protected') return false
    throw error
  }
}
