import { execFileSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Shell, writeVariables } from '../../src/cli/shell-quoting.ts'
import { UsageError } from '../../src/config/mistakes.ts'

const anything = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...`'"\`\\$%&|<>^()!#=;*?~ \t\n\rab\u2018`) }),
  )
  .filter((text) => !text.includes('\0'))

/** As variables V0, V1 … */
const named = (values: readonly string[]) => Object.fromEntries(values.map((value, i) => [`V${i}`, value]))

describe('writeVariables', () => {
  it.each(['sh', 'bash'])('says any value to %s', (shell) => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 20 }), (values) => {
        const prints = values.map((_, i) => `printf '%s\\0' "$V${i}"`).join('\n')
        const script = `set -eu\n${writeVariables(named(values), 'sh')}${prints}\n`
        const out = execFileSync(shell, { input: script, encoding: 'utf8' })
        expect(out.split('\0').slice(0, -1)).toEqual(values)
      }),
      { numRuns: 60 },
    )
  })

  it('says any value as JSON, and as dotenv what dotenv can say', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(JSON.parse(writeVariables({ V: value }, 'json'))).toEqual({ V: value })
        const text = attempt(value, 'dotenv')
        if (text !== null) expect(parseEnv(`A=1\n${text}B=2\n`)).toEqual({ A: '1', V: value, B: '2' })
      }),
      { numRuns: 2000 },
    )
  })

  // There is no fish, PowerShell or cmd on the machines that run this; their rules are written down here.
  it.each<[Shell, string, string]>([
    ['fish', "it's \\ $HOME", "set -gx V 'it\\'s \\\\ $HOME'\n"],
    ['powershell', "it's ‘$HOME’", "$env:V = 'it''s ‘‘$HOME’’'\n"],
    ['cmd', '100% & more', '@set "V=100%% & more"\r\n'],
    ['cmd', 'a"b&c"d&e', '@set "V=a"b^&c"d&e"\r\n'],
    ['dotenv', 'http://mia:mia-token@127.0.0.1:4747/x', 'V=http://mia:mia-token@127.0.0.1:4747/x\n'],
    ['dotenv', 'a # b', "V='a # b'\n"],
    ['dotenv', "it's", 'V="it\'s"\n'],
    ['dotenv', "it's $HOME", "V=`it's $HOME`\n"],
  ])('%s writes %j', (shell, value, text) => {
    expect(writeVariables({ V: value }, shell)).toBe(text)
  })

  it.each<[Shell, string, string]>([
    ['cmd', 'a\nb', 'a line break'],
    ['dotenv', '\'"`', 'quotes of all kinds'],
    ['sh', 'a\0b', 'a null byte'],
  ])('%s refuses %j', (shell, value, what) => {
    expect(() => writeVariables({ V: value }, shell)).toThrow(
      `the value of V has ${what} in it, which ${shell} cannot say; choose another user, or --shell json`,
    )
  })
})

/** Null where the format has no way to say it. */
function attempt(value: string, shell: Shell): string | null {
  try {
    return writeVariables({ V: value }, shell)
  } catch (error) {
    if (error instanceof UsageError) return null
    throw error
  }
}
