import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, fails, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  writeFileSync(join(desk.folder, 'small.yaml'), small)
  writeFileSync(join(desk.folder, 'bad.yaml'), 'users:\n  - { username: ada }\n  - { username: ada }\n')
})
beforeEach(async () => {
  await desk.run(['reset'])
})
afterAll(() => desk.close())

const small =
  'users:\n  - { username: zoe, tokens: [zoe-token] }\nprojects:\n  - { path: zoe/one, visibility: public }\n'

async function projects(url = desk.url): Promise<string[]> {
  const answer = await fetch(`${url}/api/v4/projects?order_by=id&sort=asc`)
  return ((await answer.json()) as { path_with_namespace: string }[]).map(
    (project) => project.path_with_namespace,
  )
}

describe('reset', () => {
  it('goes to the world of a file, and back to the beginning', async () => {
    const before = await projects()
    expect(await desk.run(['reset', '--fixture', 'small.yaml'])).toEqual(
      prints('URL has the world of small.yaml\n'),
    )
    expect(await projects()).toEqual(['zoe/one'])
    expect(await desk.run(['reset'])).toEqual(prints('URL is back at its beginning\n'))
    expect(await projects()).toEqual(before)
  })

  it('says it as JSON', async () => {
    expect(await desk.run(['reset', '--json'])).toEqual(prints('{"url":"URL","fixture":null}\n'))
  })

  it('names the mistakes of a fixture and changes nothing', async () => {
    const before = await projects()
    const { code, out, err } = await desk.run(['reset', '--fixture', 'bad.yaml'])
    expect([code, out]).toEqual([64, ''])
    expect(err).toMatch(/^fakeforge: bad\.yaml: users\[1\]\.username: .*\n$/)
    expect(await projects()).toEqual(before)
  })
})

describe('state', () => {
  it('goes into a file and comes back', async () => {
    await desk.run(['reset', '--fixture', 'small.yaml'])
    expect(await desk.run(['state', 'save', 's.json'])).toEqual(prints('s.json: 1 user, 1 project\n'))
    await desk.run(['reset'])
    expect(await desk.run(['state', 'load', 's.json'])).toEqual(
      prints('URL has the world of s.json: 1 user, 1 project\n'),
    )
    expect(await projects()).toEqual(['zoe/one'])
  })

  it('goes through pipes', async () => {
    await desk.run(['reset', '--fixture', 'small.yaml'])
    expect(await desk.shell('fakeforge state save - | fakeforge state load - --json')).toEqual(
      prints('{"file":"-","url":"URL"}\n'),
    )
    expect(await projects()).toEqual(['zoe/one'])
  })

  it('says it as JSON', async () => {
    const { out } = await desk.run(['state', 'save', 'j.json', '--json'])
    const { length } = readFileSync(join(desk.folder, 'j.json'))
    expect(JSON.parse(out)).toEqual({ file: 'j.json', bytes: length })
  })

  it.each([
    [['state'], 64, 'state lacks its command; allowed: save, load. See fakeforge state --help'],
    [['state', 'sv'], 64, 'state has no command "sv"; allowed: save, load. See fakeforge state --help'],
    [['state', 'save'], 64, "missing required argument 'file'. See fakeforge state --help"],
    [['state', 'save', 'no/s.json'], 1, 'there is no such file or folder: no/s.json'],
    [['state', 'save', 'bin'], 1, 'bin is a folder. Name a file.'],
    [['state', 'load', 'none.json'], 1, 'there is no such file or folder: none.json'],
    [
      ['state', 'load', 'bad.yaml'],
      64,
      "bad.yaml is no state: Unexpected token 'u', \"users:\n".split('\n')[0],
    ],
  ] as const)('%j exits %d', async (argv, code, sentence) => {
    const ended = await desk.run(argv)
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).toContain(`fakeforge: ${sentence}`)
  })

  it('names what is wrong with a state', async () => {
    writeFileSync(join(desk.folder, 'wrong.json'), '{"format":"fakeforge-state"}')
    const { code, err } = await desk.run(['state', 'load', 'wrong.json'])
    expect(code).toBe(64)
    expect(err).toMatch(/^(fakeforge: the state: .*\n)+$/)
  })
})

describe('snapshot', () => {
  it('is saved, listed, restored and deleted', async () => {
    await desk.run(['reset', '--fixture', 'small.yaml'])
    expect(await desk.run(['snapshot', 'save', 'small'])).toEqual(prints('small is saved\n'))
    expect(await desk.run(['snapshot', 'save', 'again'])).toEqual(prints('again is saved\n'))
    expect(await desk.run(['snapshot', 'ls'])).toEqual(prints('small\nagain\n'))
    expect(await desk.run(['snapshot', 'ls', '--json'])).toEqual(prints('["small","again"]\n'))
    await desk.run(['reset'])
    expect(await desk.run(['snapshot', 'restore', 'small'])).toEqual(prints('small is restored\n'))
    expect(await projects()).toEqual(['zoe/one'])
    expect(await desk.run(['snapshot', 'rm', 'small', 'again'])).toEqual(
      prints('small is gone\nagain is gone\n'),
    )
    expect(await desk.run(['snapshot', 'ls'])).toEqual({
      code: 0,
      out: '',
      err: 'There are no snapshots. Take one: fakeforge snapshot save NAME\n',
    })
  })

  it.each(['restore', 'rm'])('%s exits 1 when there is none of that name', async (command) => {
    expect(await desk.run(['snapshot', command, 'nix'])).toEqual(
      fails(1, 'There is no snapshot "nix". Those that there are: fakeforge snapshot ls'),
    )
  })
})

describe('sandbox', () => {
  it('is made, with its id first and its addresses below, listed and removed', async () => {
    const made = await desk.run(['sandbox', 'create', '--fixture', 'small.yaml', '--ttl', '10m'])
    const id = made.out.split('\n')[0] ?? ''
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(made).toEqual(
      prints(`${id}
  all        URL/__sandbox/${id}
  gitlab     URL/__sandbox/${id}/api/v4
  bitbucket  URL/__sandbox/${id}/rest/api/1.0
  gitflic    URL/__sandbox/${id}
  codearts   URL/__sandbox/${id}
`),
    )
    expect(await projects(`${desk.url}/__sandbox/${id}`)).toEqual(['zoe/one'])
    const listed = await desk.run(['sandbox', 'ls'])
    const until = listed.out.split('  ')[1] ?? ''
    expect(until).toMatch(/^until \d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(listed).toEqual(prints(`${id}  ${until}  URL/__sandbox/${id}\n`))
    expect(await desk.run(['reset', '--sandbox', id])).toEqual(
      prints(`URL/__sandbox/${id} is back at its beginning\n`),
    )
    expect(await desk.run(['sandbox', 'rm', id])).toEqual(prints(`${id} is gone\n`))
    expect(await desk.run(['sandbox', 'ls'])).toEqual({
      code: 0,
      out: '',
      err: 'There are no sandboxes. Make one: fakeforge sandbox create\n',
    })
  })

  it('says it as JSON', async () => {
    const made = JSON.parse((await desk.run(['sandbox', 'create', '--json'])).out)
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      url: `URL/__sandbox/${made.id}`,
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      vendors: {
        gitlab: `URL/__sandbox/${made.id}/api/v4`,
        bitbucket: `URL/__sandbox/${made.id}/rest/api/1.0`,
        gitflic: `URL/__sandbox/${made.id}`,
        codearts: `URL/__sandbox/${made.id}`,
      },
    })
    const { vendors: _, ...facts } = made
    const listed = JSON.parse((await desk.run(['sandbox', 'ls', '--json'])).out)
    expect(listed).toEqual([{ ...facts, expiresAt: expect.any(String) }])
    expect(await desk.run(['sandbox', 'rm', made.id, '--json'])).toEqual(
      prints(`{"removed":["${made.id}"]}\n`),
    )
  })

  it('exits 1 when there is no such sandbox', async () => {
    const expected = fails(1, 'There is no sandbox nix. Those that there are: fakeforge sandbox ls')
    expect(await desk.run(['sandbox', 'rm', 'nix'])).toEqual(expected)
    expect(await desk.run(['reset', '--sandbox', 'nix'])).toEqual(expected)
  })
})
