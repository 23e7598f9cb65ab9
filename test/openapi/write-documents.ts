/**
 * Run once before all tests: writes the OpenAPI document of each vendor in each profile, so that workers only have to read
 * those that they need. Building the routes of all vendors in each of them would take longer than many a test.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../src/app.ts'
import { vendors } from '../../src/vendors/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the documents: `gitlab 14.json`. */
    documents: string
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-openapi-'))
  for (const { id, profiles } of vendors) {
    for (const profile of profiles) {
      const app = await buildApp({ profiles: { [id]: profile }, journalSize: 0 })
      const { statusCode, body } = await app.inject(`/__admin/openapi/${id}.json`)
      await app.close()
      if (statusCode !== 200) throw new Error(`There is no document of ${id}: ${body}`)
      writeFileSync(join(folder, `${id} ${profile}.json`), body)
    }
  }
  provide('documents', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
