import type { Exchange, ExchangeFile } from '../../src/exchange/exchange.ts'

/** A value of a file's expected answers that is neither a list nor an object, by where it stands. */
export interface Leaf {
  readonly exchange: number
  readonly pointer: string
  readonly keys: readonly string[]
}

export function leavesOf({ exchanges }: ExchangeFile): Leaf[] {
  return exchanges.flatMap(({ answer }, exchange) =>
    keysOf(answer).map((keys) => ({
      exchange,
      keys,
      pointer: keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    })),
  )
}

function keysOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner).map((keys) => [key, ...keys]))
}

/** The same file with one expected value that is not what it was. */
export function mutate(file: ExchangeFile, { exchange, keys }: Leaf): ExchangeFile {
  const exchanges = structuredClone(file.exchanges) as Exchange[]
  let place = exchanges[exchange]?.answer as unknown as Record<string, unknown>
  for (const key of keys.slice(0, -1)) place = place[key] as Record<string, unknown>
  const last = keys.at(-1) as string
  place[last] = other(place[last])
  return { ...file, exchanges }
}

function other(value: unknown): unknown {
  if (typeof value === 'string') return `${value}~`
  if (typeof value === 'number') return value + 0.5
  return value === null ? 'something' : !value
}
