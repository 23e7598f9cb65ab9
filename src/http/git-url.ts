import type { VendorId } from '../options.ts'
import type { GitFace, GitService } from '../vendors/git-face.ts'

/** A vendor's face, where it is mounted. */
export interface MountedFace {
  readonly vendor: VendorId
  /** Context path of the vendor, without a trailing slash. */
  readonly prefix: string
  readonly face: GitFace
}

export interface GitMounts {
  readonly faces: readonly MountedFace[]
  /** The paths below which an API of any vendor lives, prefixes included. */
  readonly apiRoots: readonly string[]
}

/** A request path that is git's. */
export interface GitUrl {
  readonly mount: MountedFace
  /** As GitFace.isAddress describes it. */
  readonly address: string
  /** Whether the address was given with `.git`. */
  readonly suffixed: boolean
  /** `refs` for `/info/refs`. */
  readonly ask: 'refs' | GitService
}

/** A project of another vendor may bear the name of an API's root; what lies deeper is a resource of that API. */
const DEEPEST_FOREIGN = 3

const TAIL = /\/(info\/refs|git-upload-pack|git-receive-pack)$/
const SUFFIX = '.git'

/** Reads a request's url; null when it is not git's. The longest root that fits decides whose it is. */
export function readGitUrl(url: string, { faces, apiRoots }: GitMounts): GitUrl | null {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const tail = TAIL.exec(path)
  if (!tail) return null
  const ask = tail[1] === 'info/refs' ? 'refs' : (tail[1] as GitService)
  const place = path.slice(0, tail.index)
  const fitting = faces
    .filter((mount) => isBelow(place, baseOf(mount)))
    .sort((a, b) => baseOf(b).length - baseOf(a).length)
  for (const mount of fitting) {
    const given = decode(place.slice(baseOf(mount).length + 1))
    if (given === null) continue
    const suffixed = given.endsWith(SUFFIX)
    const address = suffixed ? given.slice(0, -SUFFIX.length) : given
    if (!mount.face.isAddress(address)) continue
    // Without `.git` a path below somebody's API is an unknown route of that API.
    const foreign = apiRoots.some((root) => isBelow(place, root) && !isBelow(baseOf(mount), root))
    if (foreign && (!suffixed || place.split('/').length > DEEPEST_FOREIGN + 1)) continue
    return { mount, address, suffixed, ask }
  }
  return null
}

/** Whether a request is one of git's three. */
export function isGitRequest(method: string | undefined, url: string, mounts: GitMounts): boolean {
  // Nearly no URL is, and this is asked of each.
  if (!url.includes('/info/refs') && !url.includes('/git-')) return false
  const found = readGitUrl(url, mounts)
  if (found === null) return false
  return found.ask === 'refs' ? method === 'GET' || method === 'HEAD' : method === 'POST'
}

/** What all clone paths of a mounted face begin with. */
function baseOf({ prefix, face }: MountedFace): string {
  return prefix + face.root
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`)
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
