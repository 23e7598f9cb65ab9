/** The config file: the same settings as flags and environment, by their keys. */
import { existsSync, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { settings } from './settings.ts'

const usualNames = ['fakeforge.config.yaml', 'fakeforge.config.yml', 'fakeforge.config.json']

/** A config file in the words of a flag: key → texts. */
export interface ConfigFile {
  readonly path: string
  readonly texts: ReadonlyMap<string, readonly string[]>
}

/** The config file of a folder that nobody named; undefined when there is none. */
export function findConfigFile(folder: string): string | undefined {
  return usualNames.map((name) => resolve(folder, name)).find((path) => existsSync(path))
}

/** Reads a config file, telling `report` all that is wrong with it. */
export async function readConfigFile(path: string, report: (mistake: string) => void): Promise<ConfigFile> {
  const content = await parseFile(path).catch((error: Error) => {
    report(`${path}: ${firstLine(error.message)}`)
  })
  const texts = new Map<string, readonly string[]>()
  if (content === undefined || content === null) return { path, texts }
  if (typeof content !== 'object' || Array.isArray(content)) {
    report(`${path}: is not a mapping of settings to values`)
    return { path, texts }
  }
  const allowed = settings.map(({ key }) => key).filter((key) => key !== 'config')
  for (const [key, value] of Object.entries(content)) {
    const setting = settings.find((known) => known.key === key && key !== 'config')
    const words = setting && textsOf(value, setting.repeatable)
    if (setting === undefined) report(`${path}: unknown key "${key}"; allowed: ${allowed.join(', ')}`)
    else if (words === undefined) report(`${path}: ${key}: ${expected(setting.repeatable)}`)
    else if (words.length > 0) texts.set(key, words)
  }
  return { path, texts }
}

async function parseFile(path: string): Promise<unknown> {
  const text = readFileSync(path, 'utf8')
  if (extname(path) === '.json') return JSON.parse(text)
  // Loaded here and not above: most starts have no YAML config file and need not pay for its parser.
  const { parse } = await import('yaml')
  return parse(text)
}

/** `14` → ["14"], `[a, b]` → ["a", "b"], `{ gitlab: 14 }` → ["gitlab=14"]; undefined when it is something else. */
function textsOf(value: unknown, repeatable: boolean): readonly string[] | undefined {
  if (value === null) return []
  if (isScalar(value)) return [String(value)]
  if (!repeatable || typeof value !== 'object') return undefined
  if (Array.isArray(value)) return value.every(isScalar) ? value.map(String) : undefined
  const entries = Object.entries(value)
  return entries.every(([, part]) => isScalar(part))
    ? entries.map(([key, part]) => `${key}=${part}`)
    : undefined
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function expected(repeatable: boolean): string {
  return repeatable
    ? 'must be a value, a list of values, or a mapping from vendor to value'
    : 'must be a single value'
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message
}
