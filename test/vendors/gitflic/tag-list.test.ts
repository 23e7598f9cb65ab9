import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { as, C1, C3, DENIED, MISSING, NOTHING, project, serve, world } from './world.ts'

const LIST = '/project/ada/widgets/tag'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  const many = Array.from({ length: 25 }, (_, i) => ({ name: `t${10 + i}`, target: 'c1' }))
  const fixture = world(
    project('ada/widgets', {
      tags: [
        { name: 'b-light', target: 'c1' },
        { name: 'B-light', target: 'c3' },
        { name: 'older', target: 'c3', message: 'Old\n', tagger: 'ada', date: '2024-02-01T00:00:00+03:00' },
        {
          name: 'newer',
          target: 'c1',
          message: 'A\nb\n\nC\n',
          tagger: 'X <x@else>',
          date: '2024-02-02T00:00:00Z',
        },
        { name: 'also-older', target: 'c1', message: '', tagger: 'dee', date: '2024-01-31T21:00:00Z' },
      ],
    }),
    project('ada/many', { tags: many }),
    project('ada/empty', { commits: [] }),
    project('ada/none', { tags: [] }),
    project('ada/odd', {
      tags: [
        { name: 'tree', target: 'c1^{tree}' },
        { name: 'of-tree', target: 'tree', message: 'T\n', tagger: 'ada', date: '2024-01-01T00:00:00Z' },
        { name: 'inner', target: 'c1', message: 'I\n', tagger: 'ada', date: '2024-01-01T00:00:00Z' },
        { name: 'nested', target: 'inner', message: 'N\n', tagger: 'ada', date: '2024-01-01T00:00:00Z' },
        {
          name: 'signed',
          target: 'c1',
          message: 'S\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n',
          tagger: 'ada',
          date: '2024-01-01T00:00:00Z',
        },
      ],
    }),
  )
  ;[app, call] = await serve(fixture)
})

afterAll(() => app.close())

async function pageAt(url: string): Promise<[names: string[] | undefined, page: unknown]> {
  const { body } = await call('GET', url)
  const { _embedded, page } = body as { _embedded?: { tagList: { name: string }[] }; page: unknown }
  return [_embedded?.tagList.map(({ name }) => name), page]
}

describe('GET /project/{owner}/{project}/tag', () => {
  it('answers annotated tags newest first, then lightweight ones, ties by name in byte order', async () => {
    expect((await pageAt(LIST))[0]).toEqual(['newer', 'also-older', 'older', 'B-light', 'b-light'])
  })

  it('answers tags with all eight keys in their order, three of them null for a lightweight one', async () => {
    const { text } = await call('GET', `${LIST}?size=4`)
    expect(text).toBe(
      `{"_embedded":{"tagList":[${[
        `{"name":"newer","fullName":"refs/tags/newer","objectId":"291f7bd5f576bd6dc037ea1fc7d545a4e9971418","shortMessage":"A b","fullMessage":"A\\nb\\n\\nC\\n","commitId":"${C1}","personIdent":{"name":"X","avatar":"/static/image/avatar.jpg","emailAddress":"x@else","when":"2024-02-02T00:00:00Z"},"lightWeight":false}`,
        `{"name":"also-older","fullName":"refs/tags/also-older","objectId":"cba95d2c1cd94834133521f6674d6cb5c6db14e9","shortMessage":"","fullMessage":"","commitId":"${C1}","personIdent":{"name":"Dee Developer","avatar":"/static/image/avatar.jpg","emailAddress":"dee@example.test","when":"2024-01-31T21:00:00Z"},"lightWeight":false}`,
        `{"name":"older","fullName":"refs/tags/older","objectId":"8b055eaabd9b32311a33067c948a28216a048b87","shortMessage":"Old","fullMessage":"Old\\n","commitId":"${C3}","personIdent":{"name":"Ada Admin","avatar":"/upload/ada.jpg","emailAddress":"ada@example.test","when":"2024-01-31T21:00:00Z"},"lightWeight":false}`,
        `{"name":"B-light","fullName":"refs/tags/B-light","objectId":"${C3}","shortMessage":null,"fullMessage":null,"commitId":"${C3}","personIdent":null,"lightWeight":true}`,
      ].join()}]},"page":{"size":4,"totalElements":5,"totalPages":2,"number":0}}`,
    )
  })

  it.each(['ada/empty', 'ada/none'])('answers %s without _embedded', async (path) => {
    const { status, text } = await call('GET', `/project/${path}/tag`)
    expect([status, text]).toEqual([200, '{"page":{"size":10,"totalElements":0,"totalPages":0,"number":0}}'])
  })

  it.each([
    ['', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?page=', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?page=2', { size: 10, totalPages: 3, number: 2 }, 5],
    ['?page=%2B1', { size: 10, totalPages: 3, number: 1 }, 10],
    ['?page=1&page=2', { size: 10, totalPages: 3, number: 1 }, 10],
    ['?page=3', { size: 10, totalPages: 3, number: 3 }, undefined],
    ['?page=2147483647&size=2000', { size: 2000, totalPages: 1, number: 2147483647 }, undefined],
    ['?page=2147483648', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?page=-1', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?page=one&size=two', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?page=1.5', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?size=100', { size: 100, totalPages: 1, number: 0 }, 25],
    ['?size=', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?size=0', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?size=-5', { size: 10, totalPages: 3, number: 0 }, 10],
    ['?size=2001', { size: 2000, totalPages: 1, number: 0 }, 25],
    ['?size=99999999999', { size: 10, totalPages: 3, number: 0 }, 10],
    [
      '?size=1&sort=name,desc&direction=DESC&q=x&search=x&name=x&limit=1&offset=1',
      { size: 1, totalPages: 25, number: 0 },
      1,
    ],
    ['?size=%zz&page=%', { size: 10, totalPages: 3, number: 0 }, 10],
  ])('pages %j leniently', async (query, page, count) => {
    const [names, sent] = await pageAt(`/project/ada/many/tag${query}`)
    expect([names?.length, sent]).toEqual([count, { ...page, totalElements: 25 }])
  })

  it('peels nested tags, and shows what leads to no commit without one', async () => {
    const { body } = await call('GET', '/project/ada/odd/tag')
    const { tagList } = (body as { _embedded: { tagList: Record<string, unknown>[] } })._embedded
    expect(tagList.map((tag) => [tag.name, tag.commitId, tag.fullMessage, tag.lightWeight])).toEqual([
      ['inner', C1, 'I\n', false],
      ['nested', C1, 'N\n', false],
      ['of-tree', null, 'T\n', false],
      ['signed', C1, 'S\n', false],
      ['tree', null, null, true],
    ])
    expect(tagList[4]?.objectId).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904')
  })

  it.each([
    [undefined, 'application/hal+json'],
    ['*/*', 'application/hal+json'],
    ['application/*', 'application/hal+json'],
    ['application/hal+json', 'application/hal+json'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/json;q=0.5, application/hal+json', 'application/hal+json'],
    ['application/json;q=0, */*', 'application/hal+json'],
    ['text/html', 'application/hal+json'],
  ])('answers Accept: %s as %s', async (accept, type) => {
    const { headers } = await call('GET', LIST, accept === undefined ? {} : { headers: { accept } })
    expect(headers['content-type']).toBe(type)
  })

  it('answers HEAD without a body', async () => {
    const { status, text, headers } = await call('HEAD', LIST)
    expect([status, text, headers['content-type']]).toEqual([200, '', 'application/hal+json'])
  })

  it.each(['/rest-api', ''])('answers alike with and without a slash at the end, below %j', async (base) => {
    const plain = (await call('GET', LIST)).text
    expect((await call('GET', base + LIST)).text).toBe(plain)
    expect((await call('GET', `${base}${LIST}/`)).text).toBe(plain)
  })

  it('answers 404 for an unknown owner or project, case counting, before rights are looked at', async () => {
    for (const path of ['nobody/widgets', 'ada/unknown', 'Ada/widgets', 'ada/Widgets'])
      expect(await answer(call('GET', `/project/${path}/tag`, as('sam')))).toEqual(MISSING)
  })

  it('answers 403 to strangers and guests of a private project', async () => {
    for (const name of ['sam', 'gus']) expect(await answer(call('GET', LIST, as(name)))).toEqual(DENIED)
    expect(await answer(call('GET', '/project/ada/none/tag', as('rex')))).toEqual([200, NOTHING])
  })
})
