import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** An empty project that has the package installed from its tarball, by npm, as a user of it would. */
export interface PackedProject {
  readonly folder: string
  /** What the tarball holds, by path. */
  readonly files: readonly string[]
  write(file: string, text: string): void
  /** Runs Node there and returns what it printed. Throws an Error with everything that it said when it fails. */
  node(...argv: string[]): string
  /** As node(), for what is expected to fail: both outputs, whatever the exit code. */
  attempt(...argv: string[]): string
  remove(): void
}

/**
 * Packs what `npm run build` made and installs it. No registry is asked: dependencies have stand-ins while npm installs, and
 * are then those of this repository, as are `extras`.
 */
export function installPackage(extras: readonly string[] = []): PackedProject {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-package-'))
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const names = Object.keys(dependencies)
  for (const name of names) {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
    write(folder, `stand-ins/${name}/package.json`, JSON.stringify({ name, version }))
  }
  const packed = npm(process.cwd(), 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }]
  write(
    folder,
    'package.json',
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: {
        fakeforge: `file:./${filename}`,
        ...Object.fromEntries(names.map((name) => [name, `file:./stand-ins/${name}`])),
      },
    }),
  )
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error')
  for (const name of [...names, ...extras]) {
    const place = join(folder, 'node_modules', name)
    rmSync(place, { recursive: true, force: true })
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(resolve('node_modules', name), place)
  }
  return {
    folder,
    files: files.map(({ path }) => path),
    write: (file, text) => write(folder, file, text),
    node: (...argv) => {
      const { status, stdout, stderr } = run(folder, argv)
      if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
      return stdout
    },
    attempt: (...argv) => {
      const { stdout, stderr } = run(folder, argv)
      return stdout + stderr
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function write(folder: string, file: string, text: string): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Test runners behave differently below another one. */
function run(folder: string, argv: readonly string[]) {
  const { FORCE_COLOR: _c, NODE_OPTIONS: _o, NODE_TEST_CONTEXT: _n, VITEST: _v, ...env } = process.env
  return spawnSync(process.execPath, argv, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  })
}

function npm(folder: string, ...argv: string[]): string {
  return execFileSync('npm', argv, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
