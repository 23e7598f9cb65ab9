import { readBlob } from './content-merge.ts'
import type { TreeFile } from './file-map.ts'
import { isRegular, type Side, type Stages } from './merge-stages.ts'
import type { ObjectStore } from './object-store.ts'
import { type Candidate, findCandidates, groupBy, uniqueNames } from './rename-candidates.ts'
import { type Fingerprint, fingerprint, SAME, SIMILAR, similarity } from './similarity.ts'
import { nameOf } from './tree-edit.ts'

interface Pair {
  readonly source: Candidate
  readonly target: Candidate
  readonly score: number
}

/** Beyond this many pairs, files that were changed while being renamed are not looked for. */
const MOST_PAIRS = 200_000
/** Larger files are renamed only as they are: comparing them costs more than it finds. Bytes. */
const LARGEST = 4_000_000
/** Of more files with the same content than this, any is as good as another. */
const MOST_TWINS = 1000
/** The best sources that are kept in mind for each file that came. */
const BEST = 4
/** Files of the same name need to be this similar to be one without a look at the others. */
const SIMILAR_NAMESAKES = SIMILAR + (SAME - SIMILAR) / 2

/**
 * The files that one side of a merge has renamed, new paths by old ones, found as git finds them: the same content first, then
 * files of a unique name, then whatever is most similar. Files that were changed are looked for only among `wanted`.
 */
export function findRenames(
  objects: ObjectStore,
  stages: ReadonlyMap<string, Stages>,
  side: Side,
  wanted: (path: string) => boolean,
): Map<string, string> {
  return new RenameSearch(objects, stages, side).find(wanted)
}

class RenameSearch {
  readonly #objects: ObjectStore
  readonly #fingerprints = new Map<string, Fingerprint>()
  readonly #renames = new Map<string, string>()
  #sources: Candidate[]
  #targets: Candidate[]

  constructor(objects: ObjectStore, stages: ReadonlyMap<string, Stages>, side: Side) {
    this.#objects = objects
    const { sources, targets } = findCandidates(stages, side)
    this.#sources = sources
    this.#targets = targets
  }

  find(wanted: (path: string) => boolean): Map<string, string> {
    if (!this.#sources.some(({ path }) => wanted(path))) return this.#renames
    this.#matchSame()
    this.#keep((source) => wanted(source.path) && this.#isComparable(source))
    this.#matchNamesakes()
    this.#matchSimilar()
    return this.#renames
  }

  #take({ source, target }: Pick<Pair, 'source' | 'target'>): void {
    this.#renames.set(source.path, target.path)
  }

  /** Drops what has been matched, and sources that fail the test. */
  #keep(test: (source: Candidate) => boolean): void {
    const used = new Set(this.#renames.values())
    this.#sources = this.#sources.filter((source) => !this.#renames.has(source.path) && test(source))
    this.#targets = this.#targets.filter((target) => !used.has(target.path) && this.#isComparable(target))
  }

  #isComparable({ file }: Candidate): boolean {
    return isRegular(file) && readBlob(this.#objects, file).length <= LARGEST
  }

  #matchSame(): void {
    const bySameContent = groupBy(this.#sources, ({ file }) => file.oid)
    for (const target of this.#targets) {
      const sources = bySameContent.get(target.file.oid) ?? []
      const fits = ({ file }: Candidate) => isSameKind(file, target.file)
      const namesake = sources
        .slice(0, MOST_TWINS)
        .findIndex((source) => fits(source) && nameOf(source.path) === nameOf(target.path))
      const at = namesake < 0 ? sources.findIndex(fits) : namesake
      const [source] = at < 0 ? [] : sources.splice(at, 1)
      if (source) this.#take({ source, target })
    }
  }

  #matchNamesakes(): void {
    const targets = uniqueNames(this.#targets)
    for (const [name, source] of uniqueNames(this.#sources)) {
      const target = targets.get(name)
      if (target && this.#score(source, target) >= SIMILAR_NAMESAKES) this.#take({ source, target })
    }
    this.#keep(() => true)
  }

  #matchSimilar(): void {
    if (this.#sources.length * this.#targets.length > MOST_PAIRS) return
    const pairs = this.#targets.flatMap((target) => this.#bestSources(target)).sort(byScore)
    const used = new Set<string>()
    for (const pair of pairs) {
      if (this.#renames.has(pair.source.path) || used.has(pair.target.path)) continue
      used.add(pair.target.path)
      this.#take(pair)
    }
  }

  #bestSources(target: Candidate): Pair[] {
    return this.#sources
      .map((source) => ({ source, target, score: this.#score(source, target) }))
      .filter(({ score }) => score >= SIMILAR)
      .sort(byScore)
      .slice(0, BEST)
  }

  #score(source: Candidate, target: Candidate): number {
    return similarity(this.#fingerprint(source), this.#fingerprint(target))
  }

  #fingerprint({ file }: Candidate): Fingerprint {
    const known = this.#fingerprints.get(file.oid)
    if (known) return known
    const made = fingerprint(readBlob(this.#objects, file))
    this.#fingerprints.set(file.oid, made)
    return made
  }
}

function isSameKind(source: TreeFile, target: TreeFile): boolean {
  return (isRegular(source) && isRegular(target)) || source.mode === target.mode
}

/** Of two equal scores the one that keeps the name. */
function byScore(a: Pair, b: Pair): number {
  return b.score - a.score || Number(keepsName(b)) - Number(keepsName(a))
}

function keepsName({ source, target }: Pair): boolean {
  return nameOf(source.path) === nameOf(target.path)
}
