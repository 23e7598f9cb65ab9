import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { outlines } from '../../src/cli/outlines.ts'
import { textOf } from '../cli-process.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

/** The lines below "Examples:" in a help text. */
function examplesIn(help: string): string[] {
  const lines = help.slice(help.indexOf('Examples:\n') + 10).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('  '))
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.trim())
}

/** Goes on until somebody ends it. */
function isEndless(line: string): boolean {
  return line.includes('--follow') || line.startsWith('fakeforge record')
}

/** In one script, as somebody would type them one after the other; the server is not where it usually is. */
async function runAll(lines: readonly string[], prelude = ''): Promise<void> {
  const script = [prelude, ...lines].join('\n').replaceAll('http://127.0.0.1:4747', desk.url)
  const { code, err } = await desk.shell(script, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' })
  expect({ script, code, err: err.replace(/^There are no .*\n/gm, '') }).toEqual({ script, code: 0, err: '' })
}

/** Starts a line that does not end by itself; ends it, and what it started, once it has printed something. */
async function runUntilItPrints(line: string, meanwhile: () => void): Promise<string> {
  const child: ChildProcess = spawn('sh', ['-c', line], {
    cwd: desk.folder,
    env: {
      PATH: `${join(desk.folder, 'bin')}${delimiter}${process.env.PATH}`,
      FAKEFORGE_PORT: '0',
      FAKEFORGE_URL: desk.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that it ends as a whole.
    detached: true,
  })
  const err = textOf(child.stderr)
  const poking = setInterval(meanwhile, 100)
  const first = await new Promise<string>((found, failed) => {
    child.stdout?.once('data', (chunk) => found(String(chunk)))
    child.once('exit', async (code) => failed(new Error(`${line} ended with ${code}: ${await err}`)))
  })
  clearInterval(poking)
  child.removeAllListeners('exit')
  process.kill(-(child.pid ?? Number.NaN), 'SIGTERM')
  await err
  return first
}

describe('every example in the help', () => {
  it('of the program starts a server', async () => {
    const lines = examplesIn((await desk.run(['--help'])).out)
    expect(lines.length).toBeGreaterThan(4)
    await desk.run(['init'])
    for (const line of lines)
      expect(await runUntilItPrints(line, () => {})).toMatch(/^(fakeforge serves .* on http|\{"url":"http)/)
  })

  it.each(outlines.map(({ name }) => name))('of %s runs', async (name) => {
    const lines = examplesIn((await desk.run([name, '--help'])).out)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter((line) => line.includes(`fakeforge ${name}`)).length).toBeGreaterThan(0)
    const [endless, ending] = [lines.filter(isEndless), lines.filter((line) => !isEndless(line))]
    await runAll(ending, name === 'validate' ? 'fakeforge init' : '')
    for (const line of endless) {
      const ask = () => void fetch(`${desk.url}/rest/api/1.0/application-properties`).catch(() => {})
      const said = line.replaceAll('http://127.0.0.1:4747', desk.url)
      const [first = ''] = (await runUntilItPrints(said, ask)).split('\n')
      if (name === 'record') expect(first).toMatch(/^(?:recording http|\{"url":"http)/)
      else expect(JSON.parse(first)).toMatchObject({ vendor: 'bitbucket' })
    }
  })
})

describe('docs/cli.md', () => {
  let blocks: string[]
  beforeAll(() => {
    const text = readFileSync('docs/cli.md', 'utf8')
    blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')
  })

  it('has blocks that run, one after the other', async () => {
    expect(blocks.length).toBeGreaterThan(5)
    await runAll(blocks)
  })

  it('names only commands and flags that there are', async () => {
    const words = [...readFileSync('docs/cli.md', 'utf8').matchAll(/`fakeforge ([a-z]+)/g)].map(
      (match) => match[1],
    )
    const names = ['serve', ...outlines.map(({ name }) => name)]
    expect([...new Set(words)].filter((word) => !names.includes(word ?? ''))).toEqual([])
  })
})
