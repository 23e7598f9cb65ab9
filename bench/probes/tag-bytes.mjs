/**
 * What annotated tags take in memory, with their objects and all indexes: `node tag-bytes.mjs ROOT REPOSITORY TAGS` prints
 * bytes per tag, for tags that are made one after the other.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { worldOf } from '../git-world.mjs'
import { tagName } from '../tag-repository.mjs'
import { heldBytes } from './held-bytes.mjs'

const [root, repository, count] = process.argv.slice(2)
const tagger = { name: 'Ada Admin', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }
const orders = ['name', 'version', 'created', 'committed', 'annotated-first']
const directions = ['asc', 'desc']

const { buildApp } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const app = await buildApp({ fixture: worldOf({ small: repository }) })
const { forge } = app.worlds.main
const project = await forge.open(forge.spec(1))
const git = project.repository
const target = git.ref('HEAD')

askForAll()
const before = heldBytes()
for (let i = 0; i < Number(count); i += 1) createTag(`made-${tagName(i)}`, 1_700_000_000 + i * 60)
askForAll()
console.log((heldBytes() - before) / Number(count))
await app.close()

function createTag(name, time) {
  const message = `Release ${name}\n\nWhat is new is written in the change log.\n`
  const after = git.createTagObject({ name, target, tagger: { ...tagger, time }, message })
  const ref = `refs/tags/${name}`
  project.moveRefs([{ ref, before: null, after }], { actor: null, via: 'api', vendor: 'gitlab' })
}

function askForAll() {
  for (const order of orders)
    for (const direction of directions)
      git.tags.page(order, direction, 0, 20).map((entry) => git.toTag(entry))
}
