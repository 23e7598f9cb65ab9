import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Counted up with every change of what is generated, as the repositories are kept between runs. */
const folder = join(tmpdir(), 'fakeforge-bench-repositories-2')
const START = 1_700_000_000
const PERSON = 'Ada Admin <ada@example.test>'

/** The environment of a git that knows nothing of this machine's user and asks nobody for a password. */
export const gitEnvironment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
}

/** Runs git and answers what it printed. */
export function git(cwd, args, options = {}) {
  return execFileSync('git', args, {
    cwd,
    env: gitEnvironment,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
}

/**
 * A bare repository as `git gc` leaves it, one pack and packed refs: `commits` on `main` and so many annotated tags on them,
 * `v<major>.<minor>.<patch>`, a minute apart. Made once and kept in the temporary folder: not to be written to.
 */
export async function tagRepository(tags, commits = Math.min(tags, 1000)) {
  const path = join(folder, `${tags}-tags-${commits}-commits.git`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const draft = `${path}.${process.pid}`
  try {
    git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', draft])
    await fastImport(draft, history(tags, commits))
    git(draft, ['repack', '-a', '-d', '-q'])
    git(draft, ['pack-refs', '--all'])
    renameSync(draft, path)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return path
}

/** The name of a tag by its number, from 0 on. */
export function tagName(number) {
  return `v${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}.${number % 100}`
}

/** Tags without refs: what a push of new tags brings. Written into a repository that may be changed. */
export async function addTags(path, names, target) {
  await fastImport(
    path,
    names.map((name, at) => tag(name, target, START + 40_000_000 + at)),
  )
}

/** An empty bare repository that is the caller's, with all the objects of another but, unless asked for, none of its refs. */
export function borrowingRepository(path, from, refs = []) {
  rmSync(path, { recursive: true, force: true })
  git(tmpdir(), ['init', '--quiet', '--bare', '--initial-branch=main', path])
  writeFileSync(join(path, 'objects/info/alternates'), `${join(from, 'objects')}\n`)
  for (const ref of refs) git(path, ['update-ref', ref, git(from, ['rev-parse', ref]).trim()])
  return path
}

async function fastImport(path, stream) {
  const program = spawn('git', ['fast-import', '--quiet'], {
    cwd: path,
    env: gitEnvironment,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(program, 'exit')
  await pipeline(Readable.from(stream), program.stdin)
  const [code] = await ended
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`)
}

function* history(tags, commits) {
  for (let i = 1; i <= commits; i += 1) {
    yield `commit refs/heads/main\nmark :${i}\ncommitter ${PERSON} ${START + i * 6000} +0000\n${data(`Commit ${i}\n`)}`
    if (i > 1) yield `from :${i - 1}\n`
    yield `M 100644 inline counter.txt\n${data(`${i}\n`)}`
    yield `M 100644 inline parts/${i % 50}.txt\n${data(`Part ${i}\n`.repeat(20))}\n`
  }
  for (let i = 0; i < tags; i += 1) {
    const commit = 1 + Math.floor((i * commits) / tags)
    yield tag(tagName(i), `:${commit}`, START + 6_000_000 + i * 60)
  }
}

function tag(name, from, time) {
  return `tag ${name}\nfrom ${from}\ntagger ${PERSON} ${time} +0000\n${data(`Release ${name}\n\nWhat is new is written in the change log.\n`)}`
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}
