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
    if (suffixed || !foreign) return { mount, address, suffixed, ask }
  }
  return null
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
