import type { IncomingMessage } from 'node:http'
import { type GitMounts, isGitRequest } from './http/git-url.ts'
import { isControlUrl } from './http/request.ts'
import { withoutSandbox } from './http/sandbox-address.ts'
import type { MountedVendor } from './mounted-vendor.ts'

/** The parts of a server that are no vendor's; a vendor's has the name of its id. */
export const parts = { admin: 'admin', git: 'git', nobody: 'nobody' } as const

/** Tells which part a request is for. */
export function partFinder(
  ownerOf: (url: string) => MountedVendor | undefined,
  mounts: GitMounts,
): (request: IncomingMessage) => string {
  return (request) => {
    const url = withoutSandbox(request.url ?? '/')
    if (isControlUrl(url)) return parts.admin
    if (isGitRequest(request.method, url, mounts)) return parts.git
    return ownerOf(url)?.vendor.id ?? parts.nobody
  }
}
