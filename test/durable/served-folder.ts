import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveCli } from '../cli-process.ts'
import { temporaryFolder } from '../git-binary.ts'
import { fixture } from '../http/state-world.ts'

export const TAGS = '/api/v4/projects/7/repository/tags'
export const mia = { 'private-token': 'mia-token' }
const json = { 'content-type': 'application/json' }

/** Working directories with a fixture, for servers in processes of their own. */
export class ServedFolders {
  readonly #temporary = temporaryFolder()
  #last = 0

  next(): string {
    this.#last += 1
    const folder = join(this.#temporary.path, String(this.#last))
    mkdirSync(folder)
    writeFileSync(join(folder, 'world.json'), JSON.stringify(fixture))
    return folder
  }

  remove(): void {
    this.#temporary.remove()
  }
}

/** Serves a working directory, the world kept in `data` there. */
export function serveFolder(folder: string) {
  const argv = ['--port', '0', '--log-level', 'silent', '--fixture', 'world.json', '--data', 'data']
  return serveCli(folder, argv, {})
}

/** The status, or null when there was no answer. */
export async function send(method: string, url: string, headers: Record<string, string>, body?: object) {
  try {
    const given = body ? { headers: { ...headers, ...json }, body: JSON.stringify(body) } : { headers }
    const answer = await fetch(url, { method, ...given })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return null
  }
}
