import type { Repository } from '../repository.ts'
import { parseOid } from './fetch-request.ts'
import { encodeLine, FLUSH } from './pkt-line.ts'
import { WireError } from './wire-error.ts'

/**
 * The command `object-info` of protocol 2: how large objects are, in bytes. One that is not there has no size.
 * https://git-scm.com/docs/gitprotocol-v2#_object_info
 */
export async function* describeObjects(
  repository: Repository,
  lines: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  let wantsSize = false
  const oids = new Set<string>()
  for await (const some of lines) {
    for (const line of some) {
      if (line === 'size') wantsSize = true
      else if (line.startsWith('oid ')) oids.add(parseOid(line.slice('oid '.length), 'oid'))
      else throw new WireError(`object-info: unexpected line: '${line}'`)
    }
    if (oids.size > MOST_OBJECTS) throw new WireError('object-info: too many objects')
  }
  if (wantsSize) yield encodeLine('size')
  for (const oid of oids) {
    const size = wantsSize ? (repository.objects.read(oid)?.data.length ?? '') : null
    yield encodeLine(size === null ? oid : `${oid} ${size}`)
  }
  yield FLUSH
}

const MOST_OBJECTS = 100_000
