/** Flags, then environment, then config file, then defaults: the first that says something wins, setting by setting. */
import { dirname } from 'node:path'
import { defaultOptions, type Options } from '../options.ts'
import { type ConfigFile, findConfigFile, readConfigFile } from './config-file.ts'
import { UsageError } from './mistakes.ts'
import type { VendorFacts } from './readers.ts'
import { type Setting, settings } from './settings.ts'

export interface Sources {
  /** What stood behind each flag, by the setting's key. */
  readonly flags: Readonly<Record<string, readonly string[] | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** The working directory. */
  readonly folder: string
}

/** Where a value was found, and what relative paths in it start from. */
interface Finding {
  readonly source: string
  readonly texts: readonly string[]
  readonly folder: string
}

/** The options that a user asked for. Throws UsageError with everything that is wrong with them. */
export async function loadOptions(sources: Sources, vendors: readonly VendorFacts[]): Promise<Options> {
  const mistakes: string[] = []
  const file = await loadConfigFile(sources, mistakes)
  const options: Record<string, unknown> = { ...defaultOptions }
  for (const setting of settings) {
    if (setting.key === 'config') continue
    const finding = findValue(setting, sources) ?? findInFile(setting, file)
    if (finding) options[setting.key] = readValue(setting, finding, vendors, mistakes)
  }
  if (mistakes.length > 0) throw new UsageError(mistakes)
  return options as unknown as Options
}

async function loadConfigFile(sources: Sources, mistakes: string[]): Promise<ConfigFile | undefined> {
  const before = mistakes.length
  const setting = settings.find(({ key }) => key === 'config')
  const named = setting && findValue(setting, sources)
  const path = named ? readValue(setting, named, [], mistakes) : findConfigFile(sources.folder)
  if (path === undefined || mistakes.length > before) return undefined
  return readConfigFile(path as string, (mistake) => mistakes.push(mistake))
}

function findValue(setting: Setting, { flags, env, folder }: Sources): Finding | undefined {
  const flag = flags[setting.key]
  if (flag !== undefined) return { source: setting.flag, texts: flag, folder }
  const text = env[setting.env]
  // Compose and CI services pass variables that are set to nothing.
  if (text === undefined || text.trim() === '' || isServiceLink(setting, text)) return undefined
  const texts = setting.repeatable ? text.split(',').map((part) => part.trim()) : [text]
  return { source: setting.env, texts: texts.filter((part) => part !== ''), folder }
}

/** Kubernetes sets FAKEFORGE_PORT=tcp://10.0.0.1:4747 beside a service that is called fakeforge. */
function isServiceLink({ key }: Setting, text: string): boolean {
  return key === 'port' && /^(tcp|udp):\/\//.test(text)
}

function findInFile({ key }: Setting, file: ConfigFile | undefined): Finding | undefined {
  const texts = file?.texts.get(key)
  return file && texts && { source: `${file.path}: ${key}`, texts, folder: dirname(file.path) }
}

function readValue(
  setting: Setting,
  { source, texts, folder }: Finding,
  vendors: readonly VendorFacts[],
  mistakes: string[],
): unknown {
  return setting.read(texts, { vendors, folder, report: (mistake) => mistakes.push(`${source}: ${mistake}`) })
}
