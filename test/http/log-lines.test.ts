import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { LogLines } from '../../src/http/log-lines.ts'

function open(): { lines: LogLines; written: string[] } {
  const written: string[] = []
  return { lines: new LogLines({ write: (text) => written.push(text) }), written }
}

it('log lines are written together, in their order, soon after', async () => {
  const { lines, written } = open()
  lines.write('one\n')
  lines.write('two\n')
  expect(written).toEqual([])
  await setTimeout(200)
  lines.write('three\n')
  await setTimeout(200)
  expect(written).toEqual(['one\ntwo\n', 'three\n'])
})

it('log lines do not pile up', () => {
  const { lines, written } = open()
  const line = `${'x'.repeat(999)}\n`
  for (let i = 0; i < 200; i++) lines.write(line)
  expect(written.length).toBeGreaterThan(1)
  lines.flush()
  expect(written.join('')).toBe(line.repeat(200))
  lines.flush()
  expect(written.at(-1)).not.toBe('')
})
