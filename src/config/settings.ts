/**
 * Everything that can be told to `fakeforge serve`, in one table: the command line's flags, the environment variables, the
 * keys of the config file and the table of docs/cli.md all come from here.
 */
import { defaultOptions, type Options } from '../options.ts'
import { controlRows } from './control-settings.ts'
import * as read from './readers.ts'
import type { Row, Rows } from './setting-row.ts'
import { readPrefixes, readProfiles, readQuirks } from './vendor-readers.ts'

/** An option of the server, or the place of the config file, which only the flag and the environment can name. */
export type SettingKey = keyof Options | 'config'

export interface Setting {
  readonly key: SettingKey
  readonly flag: string
  /** What follows the flag, as help shows it. */
  readonly value: string
  readonly env: string
  readonly help: string
  readonly example: string
  /** What happens when it is not given. */
  readonly absent: string
  /** Takes several values: the flag repeated, the environment's separated by commas, the file's as list or mapping. */
  readonly repeatable: boolean
  readonly read: read.Reader<unknown>
}

const rows: Rows<keyof Options> = {
  port: {
    value: '<number>',
    help: 'port to listen on; 0 takes any free one and prints it',
    example: '8080',
    read: read.readPort,
  },
  host: {
    value: '<address>',
    help: 'address to bind; 0.0.0.0 lets other machines in',
    example: '0.0.0.0',
    read: read.readHost,
  },
  fixture: {
    value: '<file>',
    help: 'the initial world, YAML or JSON',
    example: 'world.yaml',
    absent: 'the demo world',
    read: read.readFilePath,
  },
  data: {
    value: '<folder>',
    help: 'keeps the world in a folder, across restarts and crashes; made if need be',
    example: './data',
    absent: 'the world is in memory only',
    read: read.readNewFolderPath,
  },
  profiles: {
    flag: '--profile',
    value: '<vendor=version>',
    help: 'version of a vendor to imitate',
    example: 'gitlab=14',
    absent: "each vendor's first",
    repeatable: true,
    read: readProfiles,
  },
  quirks: {
    flag: '--quirk',
    value: '<name>',
    help: 'oddity of a vendor to switch on',
    example: 'gitflic.tagGet400',
    absent: 'none',
    repeatable: true,
    read: readQuirks,
  },
  prefixes: {
    flag: '--prefix',
    value: '<vendor=/path>',
    help: 'context path of a vendor',
    example: 'gitlab=/gitlab',
    absent: 'none, all at the root',
    repeatable: true,
    read: readPrefixes,
  },
  publicUrl: {
    value: '<url>',
    help: 'base of absolute links in answers',
    example: 'https://forge.example.test',
    absent: 'taken from each request',
    read: read.readPublicUrl,
  },
  clock: {
    value: '<instant>',
    help: 'freezes time at an ISO 8601 instant',
    example: '2024-01-31T12:00:00Z',
    absent: 'the real time',
    read: read.readInstant,
  },
  logLevel: {
    value: '<level>',
    help: 'silent, fatal, error, warn, info, debug or trace; requests are logged from info on',
    example: 'silent',
    read: read.readLogLevel,
  },
  bodyLimit: {
    value: '<size>',
    help: 'largest body of an API request',
    example: '64KiB',
    absent: '10MiB',
    read: read.readSize,
  },
  gitBodyLimit: {
    value: '<size>',
    help: 'largest body of a git push or fetch',
    example: '1GiB',
    absent: '512MiB',
    read: read.readSize,
  },
  ...controlRows,
}

const configFile: Row<string> = {
  value: '<file>',
  help: 'file with these settings, YAML or JSON',
  example: 'ci/fakeforge.yaml',
  absent: 'fakeforge.config.yaml, .yml or .json in the working directory, if there is one',
  read: read.readFilePath,
}

export const settings: readonly Setting[] = Object.entries({ ...rows, config: configFile }).map(
  ([key, row]: [string, Row<unknown>]) => {
    const flag = row.flag ?? `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    return {
      key: key as SettingKey,
      flag,
      value: row.value,
      env: `FAKEFORGE_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`,
      help: row.help,
      example: row.example,
      absent: row.absent ?? String(defaultOptions[key as keyof Options]),
      repeatable: row.repeatable ?? false,
      read: row.read,
    }
  },
)
