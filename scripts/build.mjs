/**
 * Writes dist/: the executable and the library with the chunks that they share, the licences of what was bundled, the
 * vendors' OpenAPI documents, the fixture's JSON Schema and the types. `--if-stale` does nothing when dist/ is newer than all
 * that it is made from.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { declareForRequire, pruneDeclarations, writeSchemaType } from './declarations.mjs'
import { evaluateModule, inlineSchemas } from './inline-schemas.mjs'
import { mergeChunks } from './merge-chunks.mjs'
import { nameExports } from './named-exports.mjs'
import { writeOpenApi } from './openapi-files.mjs'
import { withoutCompilers } from './without-compilers.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
/** What can be imported from the package, by the name of its file in dist/. */
const libraryEntries = {
  index: 'src/index.ts',
  client: 'src/client/index.ts',
  vitest: 'src/library/vitest.ts',
  jest: 'src/library/jest.ts',
  'node-test': 'src/library/node-test.ts',
  conformance: 'src/conformance/index.ts',
}
/** What the process starts itself. */
const programs = { cli: 'src/cli.ts', 'jest-server': 'src/library/jest-server.ts' }
/** Written last, so that an interrupted build looks stale. */
const stamp = join(dist, 'fixture.schema.json')
const sources = [
  'src',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]

if (!process.argv.includes('--if-stale') || isStale()) {
  rmSync(dist, { recursive: true, force: true })
  const { metafile } = await bundle()
  await mergeChunks(dist)
  await bundleForRequire()
  warnOfTypeBox(metafile)
  chmodSync(join(dist, 'cli.js'), 0o755)
  writeFileSync(join(dist, 'third-party-licenses.txt'), licensesOf(metafile))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(1)
  pruneDeclarations(join(dist, 'types'), Object.values(libraryEntries))
  declareForRequire(
    join(dist, 'types/library/jest.d.cts'),
    './jest.js',
    ['useFakeForge'],
    ['ForgeOptions', 'SandboxControl'],
  )
  await writeOpenApi(dist)
  await writeFixtureSchema()
}

function bundle() {
  return build({
    absWorkingDir: root,
    entryPoints: { ...programs, ...libraryEntries },
    // The runner that loads that entry must be the one that it registers with.
    external: ['vitest'],
    outdir: 'dist',
    bundle: true,
    // What import() loads later becomes a file of its own. In one file for all, `--version` took 40 % longer, since the
    // Node modules that any part imports are then loaded at once.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // A third less to parse; names stay and lines are short, so that a stack trace can be read without a source map.
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: 'none',
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'\nconst require = createRequireOfBundle(import.meta.url)",
    },
    plugins: [inlineSchemas, nameExports(root), withoutCompilers],
    metafile: true,
    logLevel: 'warning',
  })
}

/** Most tests of Jest are CommonJS, and before Node 24.9 Jest cannot require what is not. */
async function bundleForRequire() {
  await build({
    absWorkingDir: root,
    entryPoints: { jest: libraryEntries.jest },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    lineLimit: 160,
    define: { 'import.meta.url': 'urlOfBundle' },
    banner: { js: "const urlOfBundle = require('node:url').pathToFileURL(__filename).href" },
    logLevel: 'warning',
  })
}

async function writeFixtureSchema() {
  const { Fixture } = await evaluateModule(join(root, 'src/forge/fixture/schema.ts'))
  writeSchemaType(join(dist, 'types/forge/fixture/schema.d.ts'), 'Fixture', Fixture)
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...Fixture }
  writeFileSync(stamp, `${JSON.stringify(schema, null, 2)}\n`)
}

/** Names the modules that would make every start load TypeBox. */
function warnOfTypeBox({ inputs }) {
  for (const [module, { imports }] of Object.entries(inputs)) {
    if (module.startsWith('src/') && imports.some(({ path }) => path.includes('node_modules/typebox/'))) {
      console.warn(`${module} needs TypeBox at run time: move its schemas to a module called …-schemas.ts`)
    }
  }
}

/** The licence texts of the packages whose code is in the bundles. */
function licensesOf({ inputs }) {
  const folders = Object.keys(inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  )
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
      const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : ''
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function isStale() {
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  return sources.some((source) => newestIn(join(root, source)) > built)
}

/** The latest change at or below a path; a folder counts too, since it changes when a file in it goes away. */
function newestIn(path) {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((entry) => newestIn(join(path, entry))))
}
