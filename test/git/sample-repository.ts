import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ObjectSource } from '../../src/git/object-source.ts'

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  // Nothing here has to survive a power cut.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'core.fsync',
  GIT_CONFIG_VALUE_0: 'none',
  GIT_AUTHOR_NAME: 'Ada Admin',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada Admin',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
}

/** A temporary folder in which the real git works. */
export class Workshop {
  readonly path = mkdtempSync(join(tmpdir(), 'fakeforge-disk-'))

  /** Runs git in a folder of the workshop and answers what it prints, without white space at the end. */
  git(folder: string, args: readonly string[], input: string | Buffer = ''): string {
    return this.gitRaw(folder, args, input).toString().trimEnd()
  }

  gitRaw(folder: string, args: readonly string[], input: string | Buffer = ''): Buffer {
    const options = { cwd: this.folder(folder), env: environment, input, maxBuffer: 1 << 29 }
    return execFileSync('git', args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  }

  folder(name: string): string {
    return join(this.path, name)
  }

  /** A bare repository with commits on two merging branches, twice as many tags, some annotated, all of it in one pack. */
  makeSample(name: string, commits: number): string {
    this.git('.', ['init', '--quiet', '--bare', '--initial-branch=main', name])
    this.git(name, ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], writeSample(commits))
    return this.folder(name)
  }

  copy(from: string, to: string): string {
    cpSync(this.folder(from), this.folder(to), { recursive: true })
    return this.folder(to)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Every object of a repository as git prints it: id, type and bytes. */
export function readAllWithGit(
  workshop: Workshop,
  folder: string,
): Map<string, { type: string; data: Buffer }> {
  const output = workshop.gitRaw(folder, ['cat-file', '--batch', '--batch-all-objects'])
  const objects = new Map<string, { type: string; data: Buffer }>()
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at)
    const [oid = '', type = '', size] = output.toString('latin1', at, end).split(' ')
    at = end + 2 + Number(size)
    objects.set(oid, { type, data: output.subarray(end + 1, at - 1) })
  }
  return objects
}

/** The ids whose type or bytes differ from git's, in either direction and in whichever way they are read. */
export function findDifferences(
  source: ObjectSource,
  expected: ReadonlyMap<string, { type: string; data: Buffer }>,
): string[] {
  const extra = [...source.oids()].filter((oid) => !expected.has(oid))
  const wrong = [...expected].filter(([oid, { type, data }]) => {
    const object = source.read(oid)
    const glimpse = source.peek(oid)
    const isRight = object?.type === type && glimpse?.type === type && source.typeOf(oid) === type
    return !isRight || !object.data.equals(data) || !glimpse.data.equals(data)
  })
  return [...extra, ...wrong.map(([oid]) => oid)]
}

/** The refs of a repository as `git for-each-ref` prints them, with the objects they lead to. */
export function readRefsWithGit(workshop: Workshop, folder: string): Map<string, string> {
  const lines = workshop.git(folder, ['for-each-ref', '--format=%(objectname) %(refname)']).split('\n')
  return new Map(lines.filter(Boolean).map((line) => [line.slice(41), line.slice(0, 40)]))
}

function writeSample(commits: number): string {
  const parts: string[] = []
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const lines = Array.from({ length: 400 }, (_, line) => `line ${line} of a file that changes little\n`)
  for (let n = 1; n <= commits; n += 1) {
    lines[(n * 37) % lines.length] = `line changed by commit ${n}, ${'x'.repeat(n % 50)}\n`
    const branch = n % 7 === 0 ? 'side' : 'main'
    const zone = ['+0000', '+0530', '-0330', '+1245'][n % 4]
    const who = `${n % 3 === 0 ? 'Zoë Ünïcode' : "Dee O'Dev"} <dee@example.test> ${1600000000 + n * 60} ${zone}`
    const from = n === 7 ? 'from :1\n' : ''
    const merge = n % 70 === 1 && n > 70 ? 'merge refs/heads/side\n' : ''
    parts.push(
      `commit refs/heads/${branch}\nmark :${n}\ncommitter ${who}\n${data(`Commit ${n}\n\nWhy: ünïcode\n`)}${from}${merge}`,
    )
    parts.push(
      `M 100644 inline docs/a/b/text.txt\n${data(lines.join(''))}M 100755 inline bin/run-${n % 20}\n${data(`#!/bin/sh\n${n}\n`)}`,
    )
    parts.push(`M 120000 inline link\n${data('docs/a/b/text.txt')}\n`)
  }
  for (let n = 1; n <= commits; n += 1) {
    const tagger = `Ada Admin <ada@example.test> ${1650000000 + n} +0200`
    parts.push(`tag v1.${n}\nfrom :${n}\ntagger ${tagger}\n${data(`Release 1.${n}\n\nNotes.\n`)}`)
  }
  for (let n = 1; n <= commits; n += 1) parts.push(`reset refs/tags/build/${n}\nfrom :${n}\n\n`)
  return parts.join('')
}
