import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import { openDiskRepository } from '../../src/git/disk-repository.ts'
import { Workshop } from './sample-repository.ts'

let workshop: Workshop
beforeAll(() => {
  workshop = new Workshop()
  workshop.makeSample('sample', 20)
})
afterAll(() => workshop.remove())

function refusalOf(path: string): unknown {
  try {
    return openDiskRepository(path)
  } catch (error) {
    return error instanceof ForgeError ? [error.code, error.details] : error
  }
}

function refused(path: string, reason: string): unknown {
  return ['repository-unreadable', { path, reason }]
}

/** A copy of the sample with some lines more in its configuration. */
function configure(name: string, ...settings: (readonly [string, string])[]): string {
  const path = workshop.copy('sample', name)
  for (const [key, value] of settings) workshop.git('.', ['config', '-f', join(path, 'config'), key, value])
  return path
}

describe('a repository that cannot be read is refused with the reason', () => {
  it('when nothing is there', () => {
    const path = workshop.folder('nowhere')
    expect(refusalOf(path)).toEqual(refused(path, 'there is no such folder'))
  })

  it('when it is some other folder', () => {
    const path = workshop.folder('other')
    mkdirSync(path)
    expect(refusalOf(path)).toEqual(refused(path, 'it is not a git repository'))
    writeFileSync(join(path, '.git'), 'nonsense')
    expect(refusalOf(path)).toEqual(refused(path, 'its .git file names no folder'))
    writeFileSync(join(path, '.git'), 'gitdir: nowhere\n')
    expect(refusalOf(path)).toEqual(refused(path, 'it is not a git repository'))
  })

  it('when it borrows objects from another', () => {
    workshop.git('.', ['clone', '--quiet', '--bare', '--shared', 'sample', 'shared'])
    const path = workshop.folder('shared')
    const reason = 'it borrows objects from another repository (objects/info/alternates)'
    expect(refusalOf(path)).toEqual(refused(path, reason))
  })

  it('when it is a shallow clone', () => {
    const url = `file://${workshop.folder('sample')}`
    workshop.git('.', ['clone', '--quiet', '--bare', '--depth=1', url, 'shallow'])
    const path = workshop.folder('shallow')
    expect(refusalOf(path)).toEqual(refused(path, 'it is a shallow clone, so part of its history is missing'))
  })

  it('when it is a partial clone', () => {
    workshop.git('sample', ['config', 'uploadpack.allowFilter', 'true'])
    const url = `file://${workshop.folder('sample')}`
    workshop.git('.', ['clone', '--quiet', '--bare', '--filter=blob:none', url, 'partial'])
    const path = workshop.folder('partial')
    const reason = 'it is a partial clone, so some of its objects are missing'
    expect(refusalOf(path)).toEqual(refused(path, reason))
    rmSync(join(path, 'config'))
    expect(refusalOf(path)).toEqual(refused(path, reason))
    const extension = configure('partial-extension', ['extensions.partialClone', 'origin'])
    expect(refusalOf(extension)).toEqual(refused(extension, reason))
  })

  it('when its objects have SHA-256 ids', () => {
    workshop.git('.', ['init', '--quiet', '--bare', '--object-format=sha256', 'sha256'])
    const path = workshop.folder('sha256')
    expect(refusalOf(path)).toEqual(refused(path, 'its object format is sha256; only sha1 can be read'))
  })

  it.each([
    ['refstorage', 'reftable', 'its refs are stored as reftable; only files can be read'],
    ['compatobjectformat', 'sha256', 'it uses the unknown extension compatobjectformat'],
  ])('when it uses the extension %s', (extension, value, reason) => {
    const path = configure(
      extension,
      ['core.repositoryformatversion', '1'],
      [`extensions.${extension}`, value],
    )
    expect(refusalOf(path)).toEqual(refused(path, reason))
  })

  it.each(['2', '99', 'x'])('when its format has version %s', (version) => {
    const path = configure(`format-${version}`, ['core.repositoryformatversion', version])
    const reason = `its repository format version is ${version}; 0 and 1 can be read`
    expect(refusalOf(path)).toEqual(refused(path, reason))
  })

  it('but not for extensions that do not matter', () => {
    const extensions = [['extensions.noop', 'true'] as const, ['extensions.worktreeConfig', 'true'] as const]
    const path = configure('harmless', ['core.repositoryformatversion', '1'], ...extensions)
    expect(openDiskRepository(path).refs.size).toBe(42)
  })

  it('when a pack has no index, or one that does not fit', () => {
    const path = workshop.copy('sample', 'packs')
    const folder = join(path, 'objects', 'pack')
    const pack = join(folder, readdirSync(folder).find((file) => file.endsWith('.pack')) ?? '')
    const index = pack.replace('.pack', '.idx')
    rmSync(index)
    expect(refusalOf(path)).toEqual(refused(pack, 'the pack has no index (.idx)'))
    writeFileSync(index, 'nonsense')
    expect(refusalOf(path)).toEqual(refused(pack, 'the index is too short'))
    writeFileSync(index, Buffer.alloc(5000))
    expect(refusalOf(path)).toEqual(refused(pack, 'the index has the wrong length'))
    workshop.git('.', ['index-pack', pack])
    writeFileSync(pack, 'nonsense')
    expect(refusalOf(path)).toEqual(refused(pack, 'the file is no pack'))
  })
})
