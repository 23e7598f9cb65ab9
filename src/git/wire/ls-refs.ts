import type { Repository } from '../repository.ts'
import { gatherLines } from './gather.ts'
import { findHead, listMatchingRefs, peeledTag } from './ref-list.ts'
import { WireError } from './wire-error.ts'

/** With more prefixes than this all refs are listed, as git does it too: the client takes what it needs. */
const MOST_PREFIXES = 65_536

interface RefQuery {
  peel: boolean
  symrefs: boolean
  unborn: boolean
  prefixes: string[]
}

/**
 * The command `ls-refs` of protocol 2: a line for each ref that begins with one of the prefixes, HEAD before all others.
 * https://git-scm.com/docs/gitprotocol-v2#_ls_refs
 */
export async function* listRefs(
  repository: Repository,
  lines: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const query = await readQuery(lines)
  yield* gatherLines(answer(repository, query))
}

function* answer(repository: Repository, query: RefQuery): Generator<string> {
  const head = describeHead(repository, query)
  if (head !== null) yield head
  for (const { folder, entries } of listMatchingRefs(repository, query.prefixes)) {
    for (const entry of entries) {
      const peeled = query.peel ? peeledTag(entry) : null
      yield `${entry.target} ${folder}${entry.name}${peeled === null ? '' : ` peeled:${peeled}`}`
    }
  }
}

function describeHead(repository: Repository, { symrefs, unborn, prefixes }: RefQuery): string | null {
  const isWanted = prefixes.length === 0 || prefixes.some((prefix) => 'HEAD'.startsWith(prefix))
  if (!isWanted) return null
  const target = findHead(repository)
  const symref = symrefs ? ` symref-target:${repository.head}` : ''
  if (target !== undefined) return `${target} HEAD${symref}`
  return unborn && symrefs ? `unborn HEAD${symref}` : null
}

async function readQuery(lines: AsyncIterable<readonly string[]>): Promise<RefQuery> {
  const query: RefQuery = { peel: false, symrefs: false, unborn: false, prefixes: [] }
  let listsAll = false
  for await (const some of lines) {
    for (const line of some) {
      if (line === 'peel' || line === 'symrefs' || line === 'unborn') query[line] = true
      else if (!line.startsWith('ref-prefix ')) throw new WireError(`unexpected line: '${line}'`)
      else if (query.prefixes.length < MOST_PREFIXES) query.prefixes.push(line.slice('ref-prefix '.length))
      else listsAll = true
    }
  }
  return listsAll ? { ...query, prefixes: [] } : query
}
