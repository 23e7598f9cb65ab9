import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a script prints, while this process goes on serving it. Rejects when it fails. */
export async function runNode(
  folder: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const env = { PATH: process.env.PATH, ...variables }
  return (await promisify(execFile)(process.execPath, [script], { cwd: folder, env })).stdout
}
