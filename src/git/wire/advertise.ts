/**
 * The advertisement of refs, with which protocols 0 and 1 begin. A line for each ref in byte order; the first also carries
 * the capabilities after a NUL; a flush ends it. upload-pack lists HEAD first and puts `<oid> <ref>^{}` under every tag
 * object; receive-pack does neither. With nothing to list there is one line for the capabilities:
 *
 *     0000000000000000000000000000000000000000 capabilities^{}NUL…
 *
 * Protocol 1 is protocol 0 after a line `version 1`.
 *
 * https://git-scm.com/docs/gitprotocol-pack#_reference_discovery
 */
import { ZERO_OID } from '../object-id.ts'
import type { Repository } from '../repository.ts'
import { gatherLines } from './gather.ts'
import { findHead, listMatchingRefs, peeledTag } from './ref-list.ts'

export interface Advertisement {
  readonly service: 'git-upload-pack' | 'git-receive-pack'
  readonly version: 0 | 1
  /** As they are sent: `ofs-delta`, `agent=…`. `symref` is added for upload-pack. */
  readonly capabilities: readonly string[]
}

/** The advertisement in chunks of some 64 kB. The smart HTTP `# service=` line is not part of it. */
export function advertiseRefs(repository: Repository, advertisement: Advertisement): Generator<Buffer> {
  return gatherLines(advertise(repository, advertisement))
}

function* advertise(
  repository: Repository,
  { service, version, capabilities }: Advertisement,
): Generator<string> {
  if (version === 1) yield 'version 1'
  const head = service === 'git-upload-pack' ? findHead(repository) : undefined
  const words = head === undefined ? capabilities : [...capabilities, `symref=HEAD:${repository.head}`]
  let tail = `\0${words.join(' ')}`
  if (head !== undefined) {
    yield `${head} HEAD${tail}`
    tail = ''
  }
  for (const { folder, entries } of listMatchingRefs(repository)) {
    for (const entry of entries) {
      yield `${entry.target} ${folder}${entry.name}${tail}`
      tail = ''
      const peeled = service === 'git-upload-pack' ? peeledTag(entry) : null
      if (peeled !== null) yield `${peeled} ${folder}${entry.name}^{}`
    }
  }
  if (tail !== '') yield `${ZERO_OID} capabilities^{}${tail}`
}
