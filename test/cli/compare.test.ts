import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openGate } from '../compare/gate.ts'
import { type Desk, fails, openDesk } from './desk.ts'

let live: Desk
const running = new Set<ChildProcess>()
beforeAll(async () => {
  live = await openDesk()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await live.close()
})

/** A command that goes on by itself. */
function start(...argv: string[]) {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...argv], { cwd: live.folder })
  running.add(child)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    texts.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    texts.err += chunk
  })
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child)
    return code as number
  })
  return { child, texts, ended }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10)
}

async function tags(): Promise<string[]> {
  const headers = { 'private-token': 'mia-token' }
  const answer = await fetch(`${live.url}/api/v4/projects/1/repository/tags?per_page=100`, { headers })
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
}

const TAG = '/api/v4/projects/1/repository/tags/v1.0.0'

it('records what goes through it, and finds that the fake answers the same', async () => {
  const { child, texts, ended } = start('record', '--live', live.url, '--output', 'recorded')
  await until(() => texts.out.includes('\n'))
  const [, url] = / on (\S+) into recorded; Ctrl\+C ends it\n$/.exec(texts.out) ?? []
  await fetch(`${url}${TAG}`, { headers: { 'private-token': 'mia-token' } })
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  const [file] = readdirSync(join(live.folder, 'recorded'))
  expect(texts.out.split('\n').slice(1)).toEqual([`recorded/${file}: 1 exchanges`, ''])
  expect(readFileSync(join(live.folder, 'recorded', file ?? ''), 'utf8')).not.toContain('mia-token')
  const { code, out } = await live.run(['compare', '--traffic', 'recorded'])
  expect([code, out]).toEqual([
    0,
    `gitlab, recorded/${file}: same in 1 exchanges\nsame: 1 exchange, 0 differences\n`,
  ])
})

it('ends with 2 for a drift that no baseline accepts, and with 0 for one that does', async () => {
  const other = ['compare', '--traffic', 'recorded', '--profile', 'gitlab=13']
  const { code, out } = await live.run(other)
  expect(code).toBe(2)
  expect(out).toContain(
    '    /body/created_at is missing (fake drifted)\n      document: "2024-01-02T12:00:00.000Z"\n',
  )
  expect(out).toContain('drift: 1 exchange, 3 differences\n')
  const begun = await live.run([...other, '--write-baseline', 'accepted.json'])
  expect([begun.code, begun.out]).toEqual([
    0,
    'accepted.json: 3 differences; write down the reason of each\n',
  ])
  const unexplained = await live.run([...other, '--baseline', 'accepted.json'])
  expect([unexplained.code, unexplained.err.split('\n')[0]]).toEqual([
    64,
    'fakeforge: accepted.json: accepted[0].reason: is empty; say why the difference may stay',
  ])
  const file = join(live.folder, 'accepted.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"reason": ""', '"reason": "we have 13"'))
  const accepted = await live.run([
    ...other,
    '--baseline',
    'accepted.json',
    '--format',
    'json',
    '--output',
    'report.json',
  ])
  expect(accepted).toEqual({ code: 0, out: '', err: '' })
  expect(JSON.parse(readFileSync(join(live.folder, 'report.json'), 'utf8'))).toMatchObject({
    verdict: 'same',
    counts: { exchanges: 1, drifts: 0, accepted: 3, skipped: 0 },
  })
  const again = await live.run([...other, '--write-baseline', 'accepted.json'])
  expect([again.code, again.err]).toEqual([
    1,
    'fakeforge: accepted.json has reasons already. Name another file, and merge them by hand.\n',
  ])
})

it('tells stories to a live server, with the token of the environment', async () => {
  const story = ['compare', '--vendor', 'gitlab', '--live', live.url, '--project', 'acme/widgets']
  const { code, out } = await live.run(story, { FAKEFORGE_LIVE_TOKEN: 'mia-token' })
  expect([code, out.split('\n').at(-2)]).toEqual([
    0,
    expect.stringMatching(/^same: \d+ exchanges, 0 differences, /),
  ])
  expect(await live.run(story)).toEqual(fails(1, 'URL answers nothing but 404: it wants a token: --token.'))
})

it.each(['SIGTERM', 'SIGINT'] as const)('takes its tags away when %s comes in the middle', async (signal) => {
  const before = await tags()
  let made = 0
  const gate = await openGate(live.url, ({ method }) => {
    if (method === 'POST') made += 1
    return 'pass'
  })
  const { child, texts, ended } = start(
    ...[
      'compare',
      '--vendor',
      'gitlab',
      '--live',
      gate.url,
      '--project',
      'acme/widgets',
      '--token',
      'mia-token',
      '--write',
    ],
  )
  await until(() => made >= 4)
  child.kill(signal)
  expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143)
  gate.close()
  expect(await tags()).toEqual(before)
  expect(texts.err).toMatch(
    new RegExp(`^tags of this run are called .*\nfakeforge: ${signal}: it ends here.\n$`),
  )
})

it.each([
  [['compare'], '--live or --traffic is needed: what to compare the fake with'],
  [
    ['compare', '--traffic', 'x', '--write'],
    '--write is for the stories: recorded requests only ever read from a live server',
  ],
  [
    ['compare', '--traffic', 'x', '--format', 'pdf'],
    '--format: "pdf" is unknown; allowed: text, json, junit, markdown',
  ],
  [
    ['compare', '--traffic', 'x', '--live', 'http://a:b@c.test'],
    '--live: an address with credentials in it would end up in files; give them by --token',
  ],
  [
    ['compare', '--traffic', 'x', '--live', 'c.test'],
    '--live: "c.test" is not an address; write it as http://127.0.0.1:4747',
  ],
  [
    ['record', '--live', 'http://c.test', '--output', 'x', '--port', 'any'],
    '--port: "any" is not a port; allowed: 1 to 65535, or 0 for any free port',
  ],
])('refuses %j', async (argv, sentence) => {
  const { code, out, err } = await live.run(argv)
  expect([code, out, err.split('\n')[0]]).toEqual([64, '', `fakeforge: ${sentence}`])
})

it('says what it cannot read', async () => {
  expect(await live.run(['compare', '--traffic', 'nowhere'])).toEqual(
    fails(1, 'there is no such file or folder: nowhere'),
  )
})
