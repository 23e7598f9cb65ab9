import type { IncomingMessage } from 'node:http'
import { type GitMounts, isGitRequest } from './http/git-url.ts'
import { isControlUrl } from './http/request.ts'
import { withoutSandbox } from './http/sandbox-address.ts'
import type { MountedVendor } from './mounted-vendor.ts'

/** The parts of a server that are no vendor's; a vendor's has the name of its id, and that for its tags alone another. */
export const parts = { admin: 'admin', git: 'git', nobody: 'nobody' } as const

export interface PartFinderOptions {
  ownerOf(url: string): MountedVendor | undefined
  readonly mounts: GitMounts
  /** Whether a part is ready: who has all routes of a vendor needs no second application for its tags. */
  isOpen(part: string): boolean
}

export function tagsPart(vendor: string): string {
  return `${vendor} tags`
}

/** Tells which part a request is for. */
export function partFinder({
  ownerOf,
  mounts,
  isOpen,
}: PartFinderOptions): (request: IncomingMessage) => string {
  return (request) => {
    const url = withoutSandbox(request.url ?? '/')
    if (isControlUrl(url)) return parts.admin
    if (isGitRequest(request.method, url, mounts)) return parts.git
    const owner = ownerOf(url)
    if (!owner) return parts.nobody
    const { vendor, settings } = owner
    const isTags = vendor.tagRoutes?.covers(url.slice(settings.prefix.length)) && !isOpen(vendor.id)
    return isTags ? tagsPart(vendor.id) : vendor.id
  }
}
