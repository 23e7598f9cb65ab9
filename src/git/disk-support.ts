import { join } from 'node:path'
import { fail } from '../failure.ts'
import { type DiskConfig, isSwitchedOn, parseDiskConfig } from './disk-config.ts'
import { listDiskFolder, readDiskText } from './disk-file.ts'

const NEWEST_FORMAT = 1

/** Extensions of a repository's format that change nothing about how its objects and refs are read. */
const HARMLESS_EXTENSIONS: ReadonlySet<string> = new Set([
  'noop',
  'noop-v1',
  'objectformat',
  'partialclone',
  'preciousobjects',
  'refstorage',
  'relativeworktrees',
  'worktreeconfig',
])

/**
 * Refuses repositories that hold less than they seem to (shallow, partial, borrowing objects from another) or that are laid
 * out in a way this reader does not know. Throws `repository-unreadable` with the reason.
 */
export function checkSupported(path: string, commonFolder: string): void {
  const config = parseDiskConfig(readDiskText(join(commonFolder, 'config')) ?? '')
  const reason = findFormatProblem(config) ?? findGap(commonFolder, config)
  if (reason !== null) fail('repository-unreadable', { path, reason })
}

function findFormatProblem(config: DiskConfig): string | null {
  const format = config.get('core.repositoryformatversion') ?? '0'
  if (!(Number(format) <= NEWEST_FORMAT))
    return `its repository format version is ${format}; 0 and 1 can be read`
  const objectFormat = config.get('extensions.objectformat') ?? 'sha1'
  if (objectFormat !== 'sha1') return `its object format is ${objectFormat}; only sha1 can be read`
  const refStorage = config.get('extensions.refstorage') ?? 'files'
  if (refStorage !== 'files') return `its refs are stored as ${refStorage}; only files can be read`
  if (format === '0') return null
  const extension = findUnknownExtension(config)
  return extension === null ? null : `it uses the unknown extension ${extension}`
}

function findUnknownExtension(config: DiskConfig): string | null {
  for (const key of config.keys()) {
    const name = key.startsWith('extensions.') ? key.slice('extensions.'.length) : null
    if (name !== null && !HARMLESS_EXTENSIONS.has(name)) return name
  }
  return null
}

function findGap(commonFolder: string, config: DiskConfig): string | null {
  if (hasContent(join(commonFolder, 'shallow')))
    return 'it is a shallow clone, so part of its history is missing'
  if (isPartialClone(commonFolder, config)) return 'it is a partial clone, so some of its objects are missing'
  const alternates = join(commonFolder, 'objects', 'info', 'alternates')
  if (hasContent(alternates)) return 'it borrows objects from another repository (objects/info/alternates)'
  return null
}

function isPartialClone(commonFolder: string, config: DiskConfig): boolean {
  if (config.has('extensions.partialclone')) return true
  const promised = [...config].some(
    ([key, value]) => /^remote\..*\.promisor$/s.test(key) && isSwitchedOn(value),
  )
  return (
    promised ||
    listDiskFolder(join(commonFolder, 'objects', 'pack')).some(({ name }) => name.endsWith('.promisor'))
  )
}

function hasContent(path: string): boolean {
  return (readDiskText(path) ?? '').trim() !== ''
}
