import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { ObjectType } from '../../src/git/model.ts'
import { Repository } from '../../src/git/repository.ts'

const environment = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Admin',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada Admin',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
}

interface RunOptions {
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

/** A bare repository of the real git in a temporary folder. */
export class RealGit {
  readonly path = mkdtempSync(join(tmpdir(), 'fakeforge-git-'))

  constructor() {
    this.run(['init', '--quiet', '--bare', '--initial-branch=main', '.'])
  }

  /** What git prints, without the last newline; throws when git fails. */
  run(args: readonly string[], options: RunOptions = {}): string {
    return this.runRaw(args, options).toString().replace(/\n$/, '')
  }

  runRaw(args: readonly string[], options: RunOptions = {}): Buffer {
    return execFileSync('git', args, {
      cwd: this.path,
      env: { ...environment, ...options.env },
      input: options.input ?? '',
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }

  lines(args: readonly string[], options: RunOptions = {}): string[] {
    return this.run(args, options)
      .split('\n')
      .filter((line) => line !== '')
  }

  /** What git prints, or null when it fails. */
  attempt(args: readonly string[]): string | null {
    const { status, stdout } = spawnSync('git', args, { cwd: this.path, env: environment })
    return status === 0 ? stdout.toString().trimEnd() : null
  }

  /** Writes all objects and refs of a repository into this one. */
  load(repository: Repository): void {
    for (const oid of repository.objects.oids()) {
      const { type, data } = repository.objects.read(oid)!
      const folder = join(this.path, 'objects', oid.slice(0, 2))
      mkdirSync(folder, { recursive: true })
      const header = Buffer.from(`${type} ${data.length}\0`)
      writeFileSync(join(folder, oid.slice(2)), deflateSync(Buffer.concat([header, data]), { level: 1 }))
    }
    const commands = Array.from(repository.refs(), ([ref, oid]) => `create ${ref} ${oid}\n`)
    this.run(['update-ref', '--stdin'], { input: commands.join('') })
    this.run(['symbolic-ref', 'HEAD', repository.head])
  }

  /** Reads all objects and refs of this repository into one of ours. */
  read(): Repository {
    const repository = Repository.create('main')
    repository.head = this.run(['symbolic-ref', 'HEAD'])
    const objects = this.runRaw(['cat-file', '--batch-all-objects', '--batch'])
    for (let at = 0; at < objects.length; ) {
      const end = objects.indexOf('\n', at)
      const [, type, size] = objects.toString('latin1', at, end).split(' ')
      at = end + 2 + Number(size)
      repository.objects.write(type as ObjectType, Buffer.from(objects.subarray(end + 1, at - 1)))
    }
    const refs = this.lines(['for-each-ref', '--format=%(objectname) %(refname)'])
    repository.update(refs.map((line) => ({ ref: line.slice(41), before: null, after: line.slice(0, 40) })))
    return repository
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
