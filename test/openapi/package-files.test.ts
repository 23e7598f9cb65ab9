import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { vendorIds } from '../../src/options.ts'

let app: Awaited<ReturnType<typeof buildApp>>
beforeAll(async () => {
  app = await buildApp()
})
afterAll(() => app.close())

it.each(vendorIds)('the package has what a server with default options says of %s', async (vendor) => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const file = exports['./openapi/*.json'].replace('*', vendor)
  const { body } = await app.inject({
    url: `/__admin/openapi/${vendor}.json`,
    headers: { host: 'localhost:4747' },
  })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(body))
})
