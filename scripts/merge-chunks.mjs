/**
 * Puts the chunks of dist/ together that are always loaded at the same time. esbuild makes a chunk for each set of entries
 * and import() calls that reach a piece of code, and so some fifty small files for what any start of the library loads; each
 * costs as much as parsing tens of kilobytes. Rollup knows that what the entry has loaded is there when import() runs, and can
 * be told the rest.
 */
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rollup } from '@rollup/wasm-node'

/** Smaller chunks than this are put into others where that makes nobody load more (characters). */
const SMALL = 20_000

export async function mergeChunks(dist) {
  const entries = readdirSync(dist).filter((name) => name.endsWith('.js'))
  const groups = groupChunks(entries.map((name) => join(dist, name)))
  const input = Object.fromEntries(entries.map((name) => [name.slice(0, -'.js'.length), join(dist, name)]))
  const merged = join(dist, 'merged')
  const bundle = await rollup({
    input,
    treeshake: false,
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    logLevel: 'silent',
  })
  await bundle.write({
    dir: merged,
    format: 'es',
    compact: true,
    hoistTransitiveImports: false,
    generatedCode: { constBindings: true },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    experimentalMinChunkSize: SMALL,
    manualChunks: (id) => groups.get(id),
    onlyExplicitManualChunks: true,
  })
  await bundle.close()
  rmSync(join(dist, 'chunks'), { recursive: true })
  for (const name of readdirSync(merged)) renameSync(join(merged, name), join(dist, name))
  rmSync(merged, { recursive: true })
}

/**
 * To each chunk that entries load without import() the name of its group: which entries do. What a chunk of a group needs is
 * needed by all entries of that group, so groups never need one another in a circle.
 */
function groupChunks(entries) {
  const reached = new Map()
  for (const [index, entry] of entries.entries()) {
    for (const file of closureOf(entry)) {
      if (file !== entry) reached.set(file, [...(reached.get(file) ?? []), index])
    }
  }
  return new Map(
    [...reached].map(([file, by]) => [file, `shared-${by.map((index) => index.toString(36)).join('')}`]),
  )
}

/** A file and all that it imports, directly or not. */
function closureOf(file, known = new Set()) {
  if (known.has(file)) return known
  known.add(file)
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    closureOf(resolve(file, '..', path), known)
  }
  return known
}

/** As esbuild writes them. */
const STATIC_IMPORT = /(?:^|[;\n}])(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?["'](\.[^"']+)["']/g
