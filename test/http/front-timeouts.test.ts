import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

let forge: FakeForge
beforeAll(async () => {
  forge = await startFakeForge({ port: 0, logLevel: 'silent' })
})
afterAll(() => forge.close())

describe('a listening server', () => {
  it('keeps a connection open while a client thinks, and takes a push however long it is', () => {
    const { keepAliveTimeout, requestTimeout } = forge.app.server
    expect({ keepAliveTimeout, requestTimeout }).toEqual({ keepAliveTimeout: 72_000, requestTimeout: 0 })
  })
})
