import { type FileHandle, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncFolder } from '../../git/disk-store/durable-file.ts'
import type { Change } from './change.ts'
import { DataFolderError } from './problem.ts'

/** Hexadecimal digits of the sum that a line begins with. */
const SUM_DIGITS = 8

/**
 * The changes since the document was written, a line each: CRC-32, space, JSON. A change counts once its line is on the disk;
 * a line that a crash cut short never counted.
 */
export class ChangeLog {
  readonly #file: FileHandle
  /** Bytes of lines that count. */
  #size: number
  #sizeBefore: number

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.#size = size
    this.#sizeBefore = size
  }

  /** `size`: how many bytes of it count; what is behind them goes. */
  static async open(path: string, size: number): Promise<ChangeLog> {
    const file = await open(path, 'a')
    await file.truncate(size)
    await file.datasync()
    await syncFolder(dirname(path))
    return new ChangeLog(file, size)
  }

  get size(): number {
    return this.#size
  }

  /** When it is done, the change is safe. */
  async append(change: Change): Promise<void> {
    const line = encodeLine(change)
    this.#sizeBefore = this.#size
    await this.#file.appendFile(line)
    await this.#file.datasync()
    this.#size += line.length
  }

  /** Makes the last change, or what there is of it, not count after all. */
  async takeBack(): Promise<void> {
    await this.#file.truncate(this.#sizeBefore)
    await this.#file.datasync()
    this.#size = this.#sizeBefore
  }

  /** Forgets all changes: they are in the document now. */
  async clear(): Promise<void> {
    this.#sizeBefore = 0
    await this.takeBack()
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/** The changes of a log, and how many of its bytes count. Throws DataFolderError where one in the middle is damaged. */
export async function readChanges(path: string): Promise<{ changes: Change[]; size: number }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const changes: Change[] = []
  let at = 0
  for (let line = 1; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at)
    const change = end < 0 ? null : decodeLine(bytes.subarray(at, end))
    if (change === null) {
      if (hasWholeLine(bytes, end)) throw new DataFolderError(path, `line ${line} is damaged`)
      break
    }
    changes.push(change)
    at = end + 1
  }
  return { changes, size: at }
}

/** Whether anything that counts follows: then what precedes it was once whole, too. */
function hasWholeLine(bytes: Buffer, from: number): boolean {
  for (let at = from; at >= 0; ) {
    const end = bytes.indexOf(0x0a, at + 1)
    if (end >= 0 && decodeLine(bytes.subarray(at + 1, end)) !== null) return true
    at = end
  }
  return false
}

function encodeLine(change: Change): Buffer {
  const text = Buffer.from(JSON.stringify(change))
  const sum = crc32(text).toString(16).padStart(SUM_DIGITS, '0')
  return Buffer.concat([Buffer.from(`${sum} `), text, Buffer.from('\n')])
}

function decodeLine(line: Buffer): Change | null {
  const text = line.subarray(SUM_DIGITS + 1)
  const sum = line.toString('latin1', 0, SUM_DIGITS + 1)
  if (sum !== `${crc32(text).toString(16).padStart(SUM_DIGITS, '0')} `) return null
  return JSON.parse(text.toString('utf8')) as Change
}
