import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Oid } from '../model.ts'
import type { ObjectSource } from '../object-source.ts'
import { PackIndex } from '../pack-index.ts'
import { writePackFiles } from './pack-file.ts'

/** So many packs stay as they are. */
const ENOUGH = 16

interface Pack {
  /** Without `.pack`. */
  readonly path: string
  readonly size: number
}

/**
 * Puts small packs together once there are many, those first that are smaller than twice what is put together already, so
 * that a large one is not written again and again. `source` holds all their objects. Packs that somebody's git has set rules
 * for (`.keep`, a multi-pack-index) are left alone.
 */
export async function mergePacks(objectsFolder: string, source: ObjectSource): Promise<void> {
  const folder = join(objectsFolder, 'pack')
  const packs = listPacks(folder)
  if (packs.length <= ENOUGH || existsSync(join(folder, 'multi-pack-index'))) return
  const young = takeYoung(packs)
  if (young.length < 2) return
  const oids = new Set(young.flatMap(({ path }) => oidsOf(path)))
  // What somebody else has put there meanwhile is not ours to move.
  for (const oid of oids) if (!source.has(oid)) return
  const merged = await writePackFiles(objectsFolder, source, oids)
  for (const { path } of young) if (!merged.includes(path)) await removePack(folder, path)
}

function listPacks(folder: string): Pack[] {
  const names = readdirSync(folder)
  return names
    .filter((name) => name.endsWith('.idx'))
    .map((name) => name.slice(0, -'.idx'.length))
    .filter((name) => !names.includes(`${name}.keep`))
    .map((name) => ({ path: join(folder, name), size: statSync(join(folder, `${name}.pack`)).size }))
    .sort((a, b) => a.size - b.size)
}

function takeYoung(packs: readonly Pack[]): Pack[] {
  const young: Pack[] = []
  let sum = 0
  for (const pack of packs) {
    if (young.length >= ENOUGH / 2 && pack.size > 2 * sum) break
    young.push(pack)
    sum += pack.size
  }
  return young
}

function oidsOf(path: string): Oid[] {
  const index = new PackIndex(readFileSync(`${path}.idx`))
  return Array.from({ length: index.count }, (_, row) => index.oidAt(row))
}

/** The index first, as it is what makes git look for the rest. */
async function removePack(folder: string, path: string): Promise<void> {
  await rm(`${path}.idx`, { force: true })
  const names = readdirSync(folder).filter((name) => join(folder, name).startsWith(`${path}.`))
  for (const name of names) await rm(join(folder, name), { force: true })
}
