import { describe, expect, it } from 'vitest'
import { callerOf } from '../../caller.ts'
import { BASIC, CODEARTS, GITFLIC, GITLAB, open, REST, short, TAGS } from './strict-world.ts'

describe('parameters that nothing reads', () => {
  it('are found, each with the name that was meant', async () => {
    const { gitlab, findings } = await open()
    await gitlab('POST', `${TAGS}?tag_name=a&ref=main&mesage=x`, { headers: { 'privat-token': 'x' } })
    expect(await findings()).toEqual([
      {
        kind: 'unknown-parameter',
        request: 1,
        vendor: 'gitlab',
        operation: 'gitlab.createTag',
        user: 'mia',
        method: 'POST',
        path: TAGS,
        wrong: 'gitlab.createTag reads no query.mesage.',
        right: 'Send query.message.',
      },
      {
        kind: 'unknown-parameter',
        request: 1,
        vendor: 'gitlab',
        operation: 'gitlab.createTag',
        user: 'mia',
        method: 'POST',
        path: TAGS,
        wrong: 'gitlab.createTag reads no header.privat-token.',
        right: 'Send header.private-token.',
      },
    ])
  })

  it.each<[Record<string, string>, string, string, object, string[]]>([
    [
      GITLAB,
      'POST',
      '/api/v4/projects/1/releases',
      { tag_name: 't1', asets: {}, assets: { links: [{ name: 'a', ulr: 'https://x.test' }] } },
      ['Send body.assets.', 'Send body.assets.links[].url.'],
    ],
    [BASIC, 'POST', `${REST}/tags`, { name: 'b', start_point: 'main' }, ['Send body.startPoint.']],
    [
      BASIC,
      'POST',
      `${REST}/tags`,
      { name: 'b', startPoint: 'main', colour: 1 },
      ['Leave it out; known there: name, startPoint, message.'],
    ],
    [BASIC, 'POST', `${REST}/tags?name=b`, { startPoint: 'main' }, ['Send body.name.']],
    [
      GITFLIC,
      'POST',
      '/project/acme/widgets/tag/create',
      { tag_name: 'b', branchName: 'main' },
      ['Send body.tagName.'],
    ],
    [
      CODEARTS,
      'POST',
      '/v4/repositories/1/repository/tags',
      { tag_name: 'b', reff: 'main' },
      ['Send body.ref.'],
    ],
  ])('are told what would be right: %j %s %s %j', async (headers, method, url, payload, right) => {
    const { app, findings } = await open()
    await callerOf(app, headers)(method, url, { payload })
    expect((await findings()).map((finding) => finding.right)).toEqual(right)
  })

  it('are not shown with secrets in them', async () => {
    const { gitlab, findings } = await open()
    await gitlab('GET', `${TAGS}/t1?mia-token=1`)
    expect(JSON.stringify(await findings())).not.toContain('mia-token')
    expect(short(await findings())).toEqual([
      '1 unknown-parameter: gitlab.getTag reads no query.***. Leave it out.',
    ])
  })
})
