import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Lends a temporary folder to a function, and removes it afterwards. */
export async function withScratch(use) {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
