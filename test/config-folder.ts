import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadOptions } from '../src/config/load.ts'
import type { Options } from '../src/options.ts'

export const vendors = [
  {
    id: 'gitlab',
    profiles: ['current', '14', '13'],
    quirks: [{ name: 'slowTags', summary: 'tags are slow' }],
  },
  { id: 'bitbucket', profiles: ['dc10', 'dc7'], quirks: [] },
]

export interface Given {
  readonly flags?: Record<string, string[]>
  readonly env?: Record<string, string>
}

/** A working directory in which a test says things in flags, environment and files. */
export class ConfigFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'fakeforge-config-'))

  load({ flags = {}, env = {} }: Given): Promise<Options> {
    return loadOptions({ flags, env, folder: this.path }, vendors)
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text)
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }
}
