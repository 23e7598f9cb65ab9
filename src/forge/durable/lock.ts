/**
 * One server at a time. The lock is a file that says who holds it: a process of this machine is looked for; of one elsewhere
 * (another container, a network drive) all that can be seen is whether it still touches the file.
 */
import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DataFolderError } from './problem.ts'

/** How often the holder touches its lock, milliseconds. */
const HEARTBEAT = 2000
/** How long a lock is watched whose holder cannot be looked for. */
const PATIENCE = 3 * HEARTBEAT

interface Holder {
  readonly pid: number
  readonly host: string
  /** Tells a process from a later one with the same number; null where that cannot be known. */
  readonly started: string | null
}

/** Takes the lock of a folder and answers the way to give it back. Throws DataFolderError while somebody else has it. */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, 'lock')
  const own = `${path}.${process.pid}`
  const me: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) }
  writeFileSync(own, `${JSON.stringify(me)}\n`)
  try {
    for (let isTaken = tryLink(own, path); !isTaken; isTaken = tryLink(own, path))
      await removeStale(path, folder)
  } finally {
    rmSync(own, { force: true })
  }
  const timer = setInterval(() => touch(path), HEARTBEAT)
  timer.unref()
  return () => {
    clearInterval(timer)
    rmSync(path, { force: true })
  }
}

/** A link, as it is there with its content at once, and only once. */
function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeStale(path: string, folder: string): Promise<void> {
  const text = read(path)
  if (text === null) return
  const holder = parse(text)
  if (holder && (await isAlive(holder, path))) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`
    throw new DataFolderError(
      folder,
      `in use by another server (process ${holder.pid}${where}). Stop it, or give this one another folder: --data DIR`,
    )
  }
  // Somebody else may have been faster.
  if (read(path) === text) rmSync(path, { force: true })
}

async function isAlive({ pid, host, started }: Holder, path: string): Promise<boolean> {
  if (host === hostname()) return isRunning(pid) && startOf(pid) === started
  const before = modified(path)
  await sleep(PATIENCE)
  return modified(path) !== before
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, as Linux counts it, with the boot that it counts from. */
function startOf(pid: number): string | null {
  try {
    // The name of the program, in brackets, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${fields[19]}`
  } catch {
    return null
  }
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder
    return Number.isInteger(holder?.pid) && holder.pid > 0 ? holder : null
  } catch {
    return null
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function modified(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // A folder that is gone, or full, says so with the next change.
  }
}
