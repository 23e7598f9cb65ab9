/**
 * What is wrong with an object, in the words of `git fsck`: `<id of the fault>: <explanation>`. A forge takes no object that
 * git itself could not work with; of the many things that `git fsck` merely dislikes, old histories are full.
 *
 * https://git-scm.com/docs/git-fsck#_fsck_messages
 */
import type { ObjectType } from './model.ts'
import { isObjectType } from './object-id.ts'

const OID = /^[0-9a-f]{40}$/
const PERSON = /^[^<>\n]*<[^<>\n]*> -?\d+( [+-]\d+)?$/

/** Answers null for an object that is fit to be kept. */
export function findObjectFault(type: ObjectType, data: Buffer): string | null {
  if (type === 'blob') return null
  if (type === 'tree') return findTreeFault(data)
  const headers = readHeaders(data)
  if (typeof headers === 'string') return headers
  return type === 'commit' ? findCommitFault(headers) : findTagFault(headers)
}

/** The lines before the first empty line; or the fault that keeps them from being read. */
function readHeaders(data: Buffer): string[] | string {
  const end = data.indexOf('\n\n')
  // A message may be missing altogether, and the empty line with it.
  const head = data.toString('latin1', 0, end < 0 ? data.length : end + 1)
  if (head.includes('\0')) return `nulInHeader: unterminated header: NUL at offset ${head.indexOf('\0')}`
  if (!head.endsWith('\n')) return 'unterminatedHeader: unterminated header'
  return head.split('\n').slice(0, -1)
}

function findCommitFault(headers: readonly string[]): string | null {
  const [first = ''] = headers
  if (!first.startsWith('tree ')) return "missingTree: invalid format - expected 'tree' line"
  if (!OID.test(first.slice('tree '.length))) return "badTreeSha1: invalid 'tree' line format - bad sha1"
  let at = 1
  for (; headers[at]?.startsWith('parent '); at += 1) {
    if (!OID.test(headers[at]!.slice('parent '.length))) {
      return "badParentSha1: invalid 'parent' line format - bad sha1"
    }
  }
  const [author = '', committer = ''] = headers.slice(at)
  if (!author.startsWith('author ')) return "missingAuthor: invalid format - expected 'author' line"
  if (!committer.startsWith('committer '))
    return "missingCommitter: invalid format - expected 'committer' line"
  return findPersonFault(author) ?? findPersonFault(committer)
}

function findTagFault(headers: readonly string[]): string | null {
  const [object = '', type = '', tag = '', tagger] = headers
  if (!object.startsWith('object ')) return "missingObject: invalid format - expected 'object' line"
  if (!OID.test(object.slice('object '.length)))
    return "badObjectSha1: invalid 'object' line format - bad sha1"
  if (!type.startsWith('type ')) return "missingTypeEntry: invalid format - expected 'type' line"
  if (!isObjectType(type.slice('type '.length))) return "badType: invalid 'type' value"
  if (!tag.startsWith('tag ')) return "missingTagEntry: invalid format - expected 'tag' line"
  // Tags of git's first years have none.
  return tagger?.startsWith('tagger ') ? findPersonFault(tagger) : null
}

function findPersonFault(line: string): string | null {
  const person = line.slice(line.indexOf(' ') + 1)
  if (PERSON.test(person)) return null
  if (!/<[^<>]*>/.test(person)) return 'missingEmail: invalid author/committer line - missing email'
  return 'badDate: invalid author/committer line - bad date'
}

const SPACE = 0x20
const NUL = 0
const SLASH = 0x2f
const FOLDER = 0o40000
const OID_BYTES = 20

interface EntryName {
  readonly start: number
  readonly end: number
  readonly isFolder: boolean
}

function findTreeFault(data: Buffer): string | null {
  let before: EntryName | null = null
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at)
    const nul = space < 0 ? -1 : data.indexOf(NUL, space)
    if (nul < 0 || nul + 1 + OID_BYTES > data.length) return 'badTree: cannot be parsed as a tree'
    const mode = readMode(data, at, space)
    if (mode === null) return 'badTree: cannot be parsed as a tree'
    const name = { start: space + 1, end: nul, isFolder: mode === FOLDER }
    const fault: string | null = findNameFault(data, name) ?? findOrderFault(data, before, name)
    if (fault !== null) return fault
    before = name
    at = nul + 1 + OID_BYTES
  }
  return null
}

function readMode(data: Buffer, start: number, end: number): number | null {
  if (end === start || end - start > 7) return null
  let mode = 0
  for (let at = start; at < end; at += 1) {
    const digit = data[at]! - 0x30
    if (digit < 0 || digit > 7) return null
    mode = mode * 8 + digit
  }
  return mode
}

function findNameFault(data: Buffer, { start, end }: EntryName): string | null {
  const length = end - start
  if (length === 0) return 'emptyName: contains empty pathname'
  for (let at = start; at < end; at += 1) {
    if (data[at] === SLASH) return 'fullPathname: contains full pathnames'
  }
  if (length > 4 || data[start] !== 0x2e) return null
  const name = data.toString('latin1', start, end).toLowerCase()
  if (name === '.') return "hasDot: contains '.'"
  if (name === '..') return "hasDotdot: contains '..'"
  return name === '.git' ? "hasDotgit: contains '.git'" : null
}

/** Entries are in the order of their bytes, folders as if their names ended in a slash. */
function findOrderFault(data: Buffer, before: EntryName | null, name: EntryName): string | null {
  if (before === null) return null
  const length = Math.min(before.end - before.start, name.end - name.start)
  const order = data.compare(data, name.start, name.start + length, before.start, before.start + length)
  if (order < 0) return null
  if (order > 0) return 'treeNotSorted: not properly sorted'
  if (before.end - before.start === name.end - name.start)
    return 'duplicateEntries: contains duplicate file entries'
  return endingAt(data, before, length) > endingAt(data, name, length)
    ? 'treeNotSorted: not properly sorted'
    : null
}

function endingAt(data: Buffer, { start, end, isFolder }: EntryName, offset: number): number {
  if (start + offset < end) return data[start + offset]!
  return isFolder ? SLASH : NUL
}
