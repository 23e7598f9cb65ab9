import { deflateSync, inflateSync } from 'node:zlib'
import { fail } from '../failure.ts'
import type { ObjectType, Oid } from './model.ts'
import type { ObjectStore } from './object-store.ts'

type Volume = typeof import('memfs').vol.promises
type Call = (path: string, ...rest: never[]) => Promise<unknown>

/** As isomorphic-git wants it: https://isomorphic-git.org/docs/en/fs */
export interface StoreFs {
  readonly promises: Readonly<Record<(typeof calls)[number], Call>>
}

const calls = [
  'readFile',
  'writeFile',
  'unlink',
  'readdir',
  'mkdir',
  'rmdir',
  'stat',
  'lstat',
  'readlink',
  'symlink',
] as const

const looseObject = /\/objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/
const objectFolder = /\/objects(\/(pack|info|[0-9a-f]{2}))?$/

/**
 * A file system over an object store, for isomorphic-git to work on. Loose objects are the store's objects, read and
 * written as such; every other file lies in a memory volume, which is made when the first such file is written.
 */
export function createStoreFs(objects: ObjectStore): StoreFs {
  const volume = new LazyVolume()
  const entries = calls.map((name): [string, Call] => [
    name,
    (path, ...rest) => callObject(objects, name, path, rest) ?? volume.call(name, path, rest),
  ])
  return { promises: Object.fromEntries(entries) as StoreFs['promises'] }
}

/**
 * An object as the file that holds it. zlib with level 0 only copies: the file is read back at once, by this process, so
 * that packing it would be a waste.
 */
export function encodeLoose(type: ObjectType, data: Buffer): Buffer {
  return deflateSync(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]), { level: 0 })
}

/** What a call comes to where it is about objects, undefined where it is not. */
function callObject(
  objects: ObjectStore,
  name: string,
  path: string,
  rest: readonly unknown[],
): Promise<unknown> | undefined {
  if (objectFolder.test(path)) return callFolder(name, path)
  const match = looseObject.exec(path)
  if (!match) return undefined
  const oid = `${match[1]}${match[2]}`
  if (name === 'writeFile') return attempt(() => writeLoose(objects, oid, rest[0] as Uint8Array))
  if (!objects.has(oid)) return refuse('ENOENT', path)
  if (name === 'readFile') return attempt(() => readLoose(objects, oid))
  if (name === 'stat' || name === 'lstat') return Promise.resolve(fileStats)
  return refuse('EPERM', path)
}

/** Folders of objects are always there, and look empty: isomorphic-git asks for each object by its name. */
function callFolder(name: string, path: string): Promise<unknown> {
  if (name === 'readdir') return Promise.resolve([])
  if (name === 'mkdir') return refuse('EEXIST', path)
  if (name === 'stat' || name === 'lstat') return Promise.resolve(folderStats)
  return refuse('EISDIR', path)
}

function readLoose(objects: ObjectStore, oid: Oid): Buffer {
  const { type, data } = objects.read(oid) ?? fail('object-missing', { oid })
  return encodeLoose(type, data)
}

function writeLoose(objects: ObjectStore, oid: Oid, file: Uint8Array): void {
  const wrapped = inflateSync(file)
  const end = wrapped.indexOf(0)
  const [type] = wrapped.toString('latin1', 0, end).split(' ')
  const written = objects.write(type as ObjectType, Buffer.from(wrapped.subarray(end + 1)))
  if (written !== oid) fail('object-corrupt', { oid, reason: `its content has the id ${written}` })
}

class LazyVolume {
  #volume: Promise<Volume> | undefined

  async call(name: (typeof calls)[number], path: string, rest: readonly unknown[]): Promise<unknown> {
    const isWrite = name === 'writeFile' || name === 'mkdir' || name === 'symlink'
    if (!this.#volume && !isWrite) return refuse('ENOENT', path)
    this.#volume ??= newVolume()
    const volume = await this.#volume
    const call = volume[name] as (path: string, ...rest: unknown[]) => Promise<unknown>
    return call.call(volume, path, ...rest)
  }
}

async function newVolume(): Promise<Volume> {
  const { Volume } = await import('memfs')
  return new Volume().promises as unknown as Volume
}

async function attempt<Result>(work: () => Result): Promise<Result> {
  return work()
}

/** Rejects as a file system does. Without a stack: isomorphic-git asks for each object before writing it, and expects a no. */
async function refuse(code: string, path: string): Promise<never> {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const error = Object.assign(new Error(`${code}: ${path}`), { code })
  Error.stackTraceLimit = stackTraceLimit
  throw error
}

const folderStats = newStats('directory')
const fileStats = newStats('file')

function newStats(type: 'directory' | 'file'): object {
  return {
    type,
    mode: type === 'file' ? 0o100444 : 0o040755,
    size: 0,
    ino: 0,
    mtimeMs: 0,
    ctimeMs: 0,
    isFile: () => type === 'file',
    isDirectory: () => type === 'directory',
    isSymbolicLink: () => false,
  }
}
