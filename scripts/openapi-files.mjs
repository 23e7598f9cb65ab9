/** The OpenAPI document of each vendor as files in the package: what a server with default options answers. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where `fakeforge` listens unless it is told otherwise. */
const HOST = 'localhost:4747'

/** Writes `<vendor>.json` for all of them, asking the library that has just been built. */
export async function writeOpenApi(dist) {
  const { buildApp } = await import(pathToFileURL(join(dist, 'index.js')).href)
  const app = await buildApp({ journalSize: 0 })
  mkdirSync(join(dist, 'openapi'))
  const { vendors } = (await app.inject('/__admin/version')).json()
  for (const vendor of Object.keys(vendors)) {
    const url = `/__admin/openapi/${vendor}.json`
    const { statusCode, body } = await app.inject({ url, headers: { host: HOST } })
    if (statusCode !== 200) throw new Error(`${url} answers ${statusCode}: ${body}`)
    writeFileSync(join(dist, 'openapi', `${vendor}.json`), `${body}\n`)
  }
  await app.close()
}
