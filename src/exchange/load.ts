import { readFile } from 'node:fs/promises'
import { UsageError } from '../config/mistakes.ts'
import { checkShape } from '../forge/fixture/check-shape.ts'
import type { ExchangeFile } from './exchange.ts'
import { ExchangeFileSchema } from './exchange-schemas.ts'

/** Reads a file of exchanges. Throws UsageError that names each mistake in it, and what the system says about the file. */
export async function loadExchangeFile(file: string): Promise<ExchangeFile> {
  return checkExchangeFile(parseJson(await readFile(file, 'utf8'), file), file)
}

/** Throws UsageError that names each mistake. `source` is what to call the value in messages. */
export async function checkExchangeFile(value: unknown, source: string): Promise<ExchangeFile> {
  const problems = await checkShape(ExchangeFileSchema, value)
  const mistakes = problems.map(
    ({ path, message }) => `${source}: ${path === '' ? '' : `${path}: `}${message}`,
  )
  if (mistakes.length > 0) throw new UsageError(mistakes)
  const file = value as ExchangeFile
  const { clock } = file
  if (clock !== undefined && Number.isNaN(Date.parse(clock)))
    throw new UsageError([`${source}: clock: "${clock}" is no ISO 8601 instant`])
  return file
}

/** Throws UsageError. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError([`${source} is no JSON: ${(error as Error).message.split('\n', 1)[0]}`])
  }
}
