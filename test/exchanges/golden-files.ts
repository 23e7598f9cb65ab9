import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sendInto } from '../../src/conformance/index.ts'
import { type ComparedExchange, compare } from '../../src/exchange/compare.ts'
import type { Exchange, ExchangeFile } from '../../src/exchange/exchange.ts'
import { buildApp } from '../../src/index.ts'

const FOLDER = 'fixtures/exchanges'

/** All golden files, by what comes after the folder and before `.json`: `gitlab/tags-page`. */
export const goldenFiles: readonly (readonly [name: string, file: ExchangeFile])[] = readdirSync(FOLDER, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((path) => path.endsWith('.json'))
  .sort()
  .map((path) => [path.slice(0, -'.json'.length), JSON.parse(readFileSync(join(FOLDER, path), 'utf8'))])

/** What the fake answers to the requests of a file, one after the other in one world. */
export async function replay({
  vendor,
  profile,
  world,
  clock,
  exchanges,
}: ExchangeFile): Promise<Exchange[]> {
  const app = await buildApp({
    ...(world && { fixture: world }),
    ...(clock !== undefined && { clock }),
    ...(profile !== undefined && { profiles: { [vendor]: profile } }),
  })
  const send = sendInto((request) => app.inject(request))
  const answered: Exchange[] = []
  for (const { name, request } of exchanges) {
    const headers = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([key, value]) => [key, [value].flat().join(', ')]),
    )
    answered.push({ name, request, answer: await send({ ...request, headers }) })
  }
  await app.close()
  return answered
}

export function compareGolden(
  { exchanges }: ExchangeFile,
  answered: readonly Exchange[],
): ComparedExchange[] {
  return compare(exchanges, answered, { headers: 'stated', actual: { origin: 'http://localhost:80' } })
}

/** `value /body/name`, in the order in which they were found. */
export function differencesOf({ differences }: ComparedExchange): readonly string[] {
  return differences.map(({ kind, pointer }) => `${kind} ${pointer}`)
}
