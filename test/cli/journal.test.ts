import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { textOf } from '../cli-process.ts'
import { type Desk, fails, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
beforeEach(async () => {
  await desk.run(['reset'])
})
afterAll(() => desk.close())

const TAGS = '/api/v4/projects/1/repository/tags'

function ask(path: string, method = 'GET', token = 'dee-token'): Promise<Response> {
  return fetch(`${desk.url}${path}`, { method, headers: { 'PRIVATE-TOKEN': token } })
}

/** Times are what they are. */
const steady = (text: string) => text.replace(/\d\d:\d\d:\d\dZ/g, 'TIME').replace(/\b\d+ ms/g, 'MS')

describe('journal --findings', () => {
  it('shows what clients do wrong and exits with 1, and with 0 when there is nothing', async () => {
    const strict = await openDesk(['--strict'])
    expect(await strict.run(['journal', '--findings'])).toEqual(prints(''))
    await fetch(`${strict.url}${TAGS}?tag_name=v9&ref=main&mesage=x`, {
      method: 'POST',
      headers: { 'PRIVATE-TOKEN': 'dee-token' },
    })
    const { code, out, err } = await strict.run(['journal', '--findings', '--no-json'])
    expect([code, err]).toEqual([1, ''])
    expect(out).toBe(
      `   #1  unknown-parameter  POST  ${TAGS}\n       gitlab.createTag reads no query.mesage. Send query.message.\n`,
    )
    const lines = (await strict.run(['journal', '--findings', '--kind', 'unknown-parameter'])).out
    expect(JSON.parse(lines)).toMatchObject({
      request: 1,
      kind: 'unknown-parameter',
      right: 'Send query.message.',
    })
    expect((await strict.run(['journal', '--findings', '--kind', 'typo'])).code).toBe(64)
    await strict.close()
  })

  it('says how to start the server', async () => {
    expect(await desk.run(['journal', '--findings'])).toEqual(
      fails(
        1,
        'The server does not judge its clients: it was started without strict. Start it with --strict, or FAKEFORGE_STRICT=true.',
      ),
    )
  })
})

describe('journal', () => {
  it('is JSON lines in a pipe', async () => {
    await ask(`${TAGS}/v1.0.0`)
    await ask('/nowhere')
    const { code, out, err } = await desk.run(['journal'])
    expect([code, err]).toEqual([0, ''])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ operation, status, user }) => [operation, status, user])).toEqual([
      ['gitlab.getTag', 200, 'dee'],
      [null, 404, null],
    ])
  })

  it('is readable with --no-json, with what was refused and what was not read below', async () => {
    await ask(`${TAGS}/v1.0.0`)
    await ask(`${TAGS}?tag_name=v1.0.0&ref=main&mesage=x`, 'POST')
    await ask('/nowhere')
    const { code, out, err } = await desk.run(['journal', '--no-json'])
    expect([code, err]).toEqual([0, ''])
    const first = Number(/#(\d+)/.exec(out)?.[1])
    const row = (offset: number) => `#${first + offset}`.padStart(5)
    expect(steady(out)).toBe(`${row(0)}  TIME  200  GET     ${TAGS}/v1.0.0  MS  by dee  gitlab.getTag
${row(1)}  TIME  400  POST    ${TAGS}?tag_name=v1.0.0&ref=main&mesage=x  MS  by dee  gitlab.createTag
       refused: refs/tags/v1.0.0 exists already.
       sent, but unknown there: query.mesage
${row(2)}  TIME  404  GET     /nowhere  MS  no such route
`)
  })

  it('is readable and coloured on a terminal, unless NO_COLOR is set', async () => {
    await ask('/nowhere')
    // `script` gives a command a terminal.
    const onTerminal = (set: string) =>
      desk.shell(`${set} TERM=xterm script -qec 'fakeforge journal' /dev/null < /dev/null`)
    const coloured = await onTerminal('')
    expect(coloured.out).toContain('\u001b[31m404\u001b[39m')
    const plain = await onTerminal('NO_COLOR=1')
    expect(steady(plain.out)).toMatch(
      /^ *#\d+ {2}TIME {2}404 {2}GET {5}\/nowhere {2}MS {2}no such route\r\n$/,
    )
  })

  it('is coloured in a pipe when FORCE_COLOR is set', async () => {
    await ask('/nowhere')
    expect((await desk.run(['journal', '--no-json'], { FORCE_COLOR: '1' })).out).toContain(
      '\u001b[31m404\u001b[39m',
    )
  })

  it('filters', async () => {
    await ask(`${TAGS}/v1.0.0`)
    await ask(`${TAGS}/v1.0.0`, 'GET', 'mia-token')
    await ask(`${TAGS}/nix`)
    const statuses = async (...flags: string[]) =>
      (await desk.run(['journal', ...flags])).out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line || '{}').status)
    expect(await statuses('--user', 'dee')).toEqual([200, 404])
    expect(await statuses('--user', 'dee', '--status', '4xx')).toEqual([404])
    expect(await statuses('--limit', '1')).toEqual([404])
    expect(await statuses('--path', 'v1.0.0', '--method', 'get', '--vendor', 'gitlab')).toEqual([200, 200])
    expect(await statuses('--operation', 'gitlab.createTag')).toEqual([undefined])
  })

  it('refuses a filter that could never match, as the server says it', async () => {
    expect(await desk.run(['journal', '--vendor', 'github'])).toEqual(
      fails(64, 'vendor: "github" is unknown; it must be one of bitbucket, gitlab, gitflic, codearts.'),
    )
  })

  it('follows: what was there, with --since, and what comes, until the limit', async () => {
    await ask(`${TAGS}/v1.0.0`)
    const following = desk.run(['journal', '--follow', '--since', '0', '--limit', '2', '--path', '/tags/'])
    await new Promise((done) => setTimeout(done, 300))
    await ask(`${TAGS}/nix`)
    const { code, out, err } = await following
    expect([code, err]).toEqual([0, ''])
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).status),
    ).toEqual([200, 404])
  })

  it('ends quietly when its reader goes away', async () => {
    for (let i = 0; i < 3; i++) await ask(`${TAGS}/v1.0.0`)
    expect(await desk.shell('fakeforge journal | head -n 1 | jq .status')).toEqual(prints('200\n'))
    const script = 'fakeforge journal --follow --since 0 --no-json | head -n 1 > first; echo done'
    const following = desk.shell(script)
    const more = setInterval(() => void ask(`${TAGS}/v1.0.0`), 100)
    expect(await following).toEqual(prints('done\n'))
    clearInterval(more)
  })

  it('ends with 130 at Ctrl+C, and says nothing', async () => {
    const child = spawn(`${desk.folder}/bin/fakeforge`, ['journal', '--follow', '--since', '0'], {
      env: { PATH: process.env.PATH, FAKEFORGE_URL: desk.url },
    })
    await ask('/nowhere')
    const err = textOf(child.stderr)
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT'])
    expect(await err).toBe('')
  })
})
