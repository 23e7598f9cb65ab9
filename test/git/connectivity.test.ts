import { describe, expect, it } from 'vitest'
import { findIncomplete, withoutIncomplete } from '../../src/git/connectivity.ts'
import { MemoryLayer } from '../../src/git/memory-layer.ts'
import type { ObjectType, Oid } from '../../src/git/model.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { sample } from './pack-builder.ts'

type Made = readonly [ObjectType, { readonly data: Buffer; readonly oid: Oid }]

const blob: Made = ['blob', sample.blob]
const tree: Made = ['tree', sample.tree()]
const first: Made = ['commit', sample.commit(tree[1].oid)]
const second: Made = ['commit', sample.commit(tree[1].oid, [first[1].oid])]
const tag: Made = ['tag', sample.tag(second[1].oid)]

async function incompleteOf(news: readonly Made[], olds: readonly Made[] = [], shallow: readonly Oid[] = []) {
  const layer = new MemoryLayer()
  for (const [type, { oid, data }] of news) layer.put(oid, type, data)
  const store = new ObjectStore()
  for (const [type, { data }] of olds) store.write(type, data)
  const incomplete = await findIncomplete({ layer, store, shallow: new Set(shallow) })
  const kept = await withoutIncomplete(layer, incomplete)
  return { incomplete: Object.fromEntries(incomplete), kept: [...kept.oids()] }
}

describe('new objects', () => {
  it('are complete with everything that they lead to', async () => {
    const all = [tag, second, first, tree, blob]
    expect(await incompleteOf(all)).toEqual({ incomplete: {}, kept: all.map(([, { oid }]) => oid) })
  })

  it('are complete on top of what the store has', async () => {
    expect((await incompleteOf([tag, second], [first, tree, blob])).incomplete).toEqual({})
  })

  it.each<[string, Made[], Made[]]>([
    ['a file', [tag, second, first, tree], [tag, second, first, tree]],
    ['a tree', [tag, second, first, blob], [tag, second, first]],
    ['a parent', [tag, second, tree, blob], [tag, second]],
    ['what a tag marks', [tag], [tag]],
  ])('are incomplete without %s, up to whatever leads to it', async (_what, news, broken) => {
    const { incomplete, kept } = await incompleteOf(news)
    expect(incomplete).toEqual(Object.fromEntries(broken.map(([, { oid }]) => [oid, 'missing'])))
    expect(kept).toEqual(news.filter((made) => !broken.includes(made)).map(([, { oid }]) => oid))
  })

  it('are incomplete when something is of another type than said', async () => {
    const liar: Made = ['tag', sample.tag(tree[1].oid, 'commit')]
    const odd: Made = ['commit', sample.commit(sample.blob.oid)]
    const swapped: Made = ['tree', sample.tree('x', tree[1].oid)]
    expect((await incompleteOf([liar, tree, blob])).incomplete).toEqual({ [liar[1].oid]: 'missing' })
    expect((await incompleteOf([liar], [tree, blob])).incomplete).toEqual({ [liar[1].oid]: 'missing' })
    expect((await incompleteOf([odd], [blob])).incomplete).toEqual({ [odd[1].oid]: 'missing' })
    expect((await incompleteOf([swapped, tree, blob])).incomplete).toEqual({ [swapped[1].oid]: 'missing' })
  })

  it('may name commits of submodules that are elsewhere', async () => {
    const data = Buffer.concat([Buffer.from('160000 sub\0'), Buffer.alloc(20, 7)])
    const layer = new MemoryLayer()
    layer.put('1'.repeat(40), 'tree', data)
    const objects = { layer, store: new ObjectStore(), shallow: new Set<Oid>() }
    expect((await findIncomplete(objects)).size).toBe(0)
  })

  it('are cut short where their sender has no more', async () => {
    const { incomplete } = await incompleteOf([tag, second, tree, blob], [], [second[1].oid])
    expect(incomplete).toEqual({ [tag[1].oid]: 'shallow', [second[1].oid]: 'shallow' })
  })

  it('are looked at one by one, however long the history', async () => {
    const history: Made[] = []
    for (let i = 0; i < 20_000; i += 1) {
      const parents = i === 0 ? [] : [history[i - 1]![1].oid]
      history.push(['commit', sample.commit(tree[1].oid, parents, `${i}\n`)])
    }
    expect((await incompleteOf([...history, tree, blob])).incomplete).toEqual({})
    expect(Object.keys((await incompleteOf([...history.slice(1), tree, blob])).incomplete)).toHaveLength(
      19_999,
    )
  })
})
